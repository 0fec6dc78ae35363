/**
 * Tensors: shapes, layouts, memory, the operations on them and the devices that run these.
 *
 * <p>Start at {@link scoria.engine.tensor.Tensor}.
 */
module scoria.engine {
  requires com.fasterxml.jackson.core;
  requires ejml.core;
  requires ejml.ddense;
  requires transitive scoria.kernels;
  requires static transitive org.jspecify;

  exports scoria.engine.device;
  exports scoria.engine.exec;
  exports scoria.engine.function;
  exports scoria.engine.io;
  exports scoria.engine.memory;
  exports scoria.engine.op;
  exports scoria.engine.tensor;
}

package scoria.engine.device;

import scoria.engine.memory.Memory;
import scoria.engine.op.Op;
import scoria.engine.tensor.Tensor;

/**
 * What runs operations. It writes into outputs that it is given and allocates no tensor itself, so
 * that one call can be run at once or recorded for later.
 */
public sealed interface Device permits Cpu {
  /** The processor, the default. */
  static Cpu cpu() {
    return Cpu.INSTANCE;
  }

  /** Name for messages, such as {@code cpu}. */
  String name();

  /**
   * Takes memory with undefined contents.
   *
   * @param bytes size, at least 0
   * @param maker the operation that it is for
   */
  Memory allocate(long bytes, String maker);

  /**
   * Computes.
   *
   * @param op the operation, not a view
   * @param inputs on this device, with layouts that the operation accepts
   * @param outputs on this device, dense, of the inferred shapes and types; all elements are
   *     written. An update changes them in place instead
   */
  void run(Op op, Tensor[] inputs, Tensor[] outputs);

  /** Prepares what a program does, to be run again and again. */
  Replay compile(Schedule schedule);
}

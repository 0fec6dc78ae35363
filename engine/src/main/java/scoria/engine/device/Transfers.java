package scoria.engine.device;

import scoria.engine.memory.HostMemory;
import scoria.engine.tensor.Tensor;

/** Copies of dense tensors from one device to another, at least one of them the processor. */
final class Transfers {
  private Transfers() {}

  static void run(Tensor x, Tensor y) {
    long bytes = y.elements() * y.dtype().bytes();
    long from = x.layout().offset() * x.dtype().bytes();
    long into = y.layout().offset() * y.dtype().bytes();
    if (y.memory() instanceof HostMemory host) {
      x.memory().read(from, host.segment().asSlice(into, bytes));
    } else if (x.memory() instanceof HostMemory host) {
      y.memory().write(host.segment().asSlice(from, bytes), into);
    } else {
      throw new IllegalArgumentException(
          "no way from " + x.device().name() + " to " + y.device().name());
    }
  }
}

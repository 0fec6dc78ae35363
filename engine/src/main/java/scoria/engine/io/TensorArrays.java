package scoria.engine.io;

import java.io.IOException;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import scoria.engine.device.Device;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.ElementType;

/** Between tensors and the arrays that files hold, without copying where elements are dense. */
final class TensorArrays {
  private TensorArrays() {}

  /** What is to be done with arrays. */
  @FunctionalInterface
  interface Action<T> {
    void accept(T arrays) throws IOException;
  }

  /** A tensor over the array's memory. */
  static Tensor tensor(ArrayData array) {
    return Tensor.wrap(array.data(), dtype(array.dtype()), array.shape());
  }

  static SequencedMap<String, Tensor> tensors(Map<String, ArrayData> arrays) {
    SequencedMap<String, Tensor> out = new LinkedHashMap<>();
    arrays.forEach((name, array) -> out.put(name, tensor(array)));
    return out;
  }

  /** Hands tensors over as arrays, and keeps their memory alive until the action is done. */
  static void with(Map<String, Tensor> tensors, Action<SequencedMap<String, ArrayData>> action)
      throws IOException {
    SequencedMap<String, Tensor> dense = new LinkedHashMap<>();
    SequencedMap<String, ArrayData> arrays = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          Tensor row = tensor.detach().contiguous().to(Device.cpu());
          dense.put(name, row);
          ElementType type = row.dtype().element();
          arrays.put(name, new ArrayData(type, row.shape().toArray(), row.segment()));
        });
    try {
      action.accept(arrays);
    } finally {
      Reference.reachabilityFence(dense);
    }
  }

  private static DType dtype(ElementType type) {
    return Arrays.stream(DType.values())
        .filter(dtype -> dtype.element() == type)
        .findFirst()
        .orElseThrow();
  }
}

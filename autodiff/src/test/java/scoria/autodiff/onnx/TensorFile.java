package scoria.autodiff.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/**
 * A tensor as a file says it.
 *
 * @param name what it is called, which may be empty
 * @param type the number of its elements' type
 * @param sizes of its axes
 * @param raw the elements, row-major and little-endian
 */
@SuppressWarnings("ArrayRecordComponent") // Read once, compared by nobody.
record TensorFile(String name, long type, long[] sizes, ByteBuffer raw) {
  /** The tensor, if Scoria has its type. */
  Tensor tensor() {
    DType dtype = ElementTypes.of(type);
    ByteBuffer bytes = raw.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int n = bytes.remaining() / dtype.bytes();
    Tensor flat =
        switch (dtype) {
          case FLOAT32 -> {
            float[] values = new float[n];
            bytes.asFloatBuffer().get(values);
            yield Tensor.of(values);
          }
          case FLOAT64 -> {
            double[] values = new double[n];
            bytes.asDoubleBuffer().get(values);
            yield Tensor.of(values);
          }
          case INT64 -> {
            long[] values = new long[n];
            bytes.asLongBuffer().get(values);
            yield Tensor.of(values);
          }
          case INT32 -> {
            int[] values = new int[n];
            bytes.asIntBuffer().get(values);
            yield Tensor.of(values);
          }
          case UINT8 -> {
            byte[] values = new byte[n];
            bytes.get(values);
            yield Tensor.of(values);
          }
          case BOOL -> {
            boolean[] values = new boolean[n];
            for (int i = 0; i < n; i++) {
              values[i] = bytes.get() != 0;
            }
            yield Tensor.of(values);
          }
        };
    return flat.reshape(sizes);
  }
}

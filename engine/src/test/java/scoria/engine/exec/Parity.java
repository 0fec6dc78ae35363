package scoria.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.function.Supplier;
import scoria.engine.device.Device;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/** Results of the two devices beside each other. */
public final class Parity {
  private Parity() {}

  /** What is computed on a device, tensors from nothing included. */
  public static <T> T on(Device device, Supplier<T> work) {
    try (Device.Use use = device.use()) {
      return work.get();
    }
  }

  /**
   * Runs work on both devices, and asks for the same bits.
   *
   * @param work gives tensors that are where it ran
   */
  public static void sameBits(String what, Supplier<Tensor[]> work) {
    Tensor[] want = on(Device.cpu(), work);
    Tensor[] got = on(Device.cuda(), work);
    assertEquals(want.length, got.length, what);
    for (int i = 0; i < want.length; i++) {
      assertSame(Device.cpu(), want[i].device(), what);
      assertSame(Device.cuda(), got[i].device(), what);
      sameBits(what + " [" + i + "]", want[i], got[i]);
    }
  }

  /** Asks for the same shape, type and bits; one NaN is as good as another. */
  public static void sameBits(String what, Tensor want, Tensor got) {
    assertEquals(want.signature(), got.signature(), what);
    long[] a = bits(want);
    long[] b = bits(got);
    int at = Arrays.mismatch(a, b);
    if (at >= 0) {
      int differ = 0;
      for (int i = 0; i < a.length; i++) {
        differ += a[i] == b[i] ? 0 : 1;
      }
      fail(
          what
              + ": element "
              + at
              + " of "
              + want.signature()
              + " is "
              + Long.toHexString(a[at])
              + " on the CPU and "
              + Long.toHexString(b[at])
              + " on the GPU; "
              + differ
              + " of "
              + a.length
              + " differ");
    }
  }

  private static long[] bits(Tensor x) {
    Tensor host = x.detach().to(Device.cpu());
    if (!host.dtype().isFloat()) {
      return host.toLongs();
    }
    boolean wide = host.dtype() == DType.FLOAT64;
    return Arrays.stream(host.toDoubles())
        .mapToLong(v -> wide ? Double.doubleToLongBits(v) : Float.floatToIntBits((float) v))
        .toArray();
  }
}

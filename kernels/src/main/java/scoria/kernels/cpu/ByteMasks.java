package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Booleans as bytes in memory, and as bits in a register. */
final class ByteMasks {
  private static final long ONES = 0x0101010101010101L;
  private static final long LOW_SEVEN = 0x7f7f7f7f7f7f7f7fL;
  private static final ValueLayout.OfLong EIGHT =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private ByteMasks() {}

  /**
   * Writes bit i of {@code bits} to byte {@code at + i}, as 0 or 1, for {@code 0 <= i < n <= 64}.
   */
  static void store(long bits, int n, MemorySegment out, long at) {
    int i = 0;
    for (; i + 8 <= n; i += 8) {
      out.set(EIGHT, at + i, Long.expand(bits >>> i, ONES));
    }
    for (; i < n; i++) {
      out.set(ValueLayout.JAVA_BYTE, at + i, (byte) (bits >>> i & 1));
    }
  }

  /** Bit i is set where byte {@code at + i} is not 0, for {@code 0 <= i < n <= 64}. */
  static long load(MemorySegment x, long at, int n) {
    long bits = 0;
    int i = 0;
    for (; i + 8 <= n; i += 8) {
      long eight = x.get(EIGHT, at + i);
      long nonZero = ((eight & LOW_SEVEN) + LOW_SEVEN | eight) >>> 7;
      bits |= Long.compress(nonZero, ONES) << i;
    }
    for (; i < n; i++) {
      bits |= (x.get(ValueLayout.JAVA_BYTE, at + i) == 0 ? 0L : 1L) << i;
    }
    return bits;
  }
}

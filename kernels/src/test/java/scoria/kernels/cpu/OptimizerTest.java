package scoria.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fused updates against the formulas in their doc comments, one element at a time. */
class OptimizerTest {
  private static MemorySegment doubles(Arena arena, int n, double scale) {
    MemorySegment x = AlignedMemory.doubles(arena, n + 2);
    for (int i = 0; i < n + 2; i++) {
      x.setAtIndex(
          ValueLayout.JAVA_DOUBLE, i, scale * (1 + (i * 37 % 11) - 5.5 * (scale < 1 ? 0 : 1)));
    }
    return x;
  }

  private static MemorySegment floats(Arena arena, MemorySegment x) {
    int n = Math.toIntExact(x.byteSize() / 8);
    MemorySegment y = AlignedMemory.floats(arena, n);
    for (int i = 0; i < n; i++) {
      y.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) get(x, i));
    }
    return y;
  }

  private static double get(MemorySegment x, int i) {
    return x.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
  }

  private static void check(MemorySegment x, MemorySegment x4, int i, double right) {
    assertEquals(right, get(x, i), 1e-14 * Math.max(1, Math.abs(right)), "element " + i);
    assertEquals(right, x4.getAtIndex(ValueLayout.JAVA_FLOAT, i), 1e-5, "element " + i);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 67})
  void adam(int n) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment p = doubles(arena, n, 1);
      MemorySegment g = doubles(arena, n, 2);
      MemorySegment m = doubles(arena, n, 0.1);
      MemorySegment v = doubles(arena, n, 0.2);
      MemorySegment[] s = {floats(arena, p), floats(arena, g), floats(arena, m), floats(arena, v)};
      double[] was = p.toArray(ValueLayout.JAVA_DOUBLE);
      double[] m0 = m.toArray(ValueLayout.JAVA_DOUBLE);
      double[] v0 = v.toArray(ValueLayout.JAVA_DOUBLE);
      OptimizerF64.adam(p, 1, g, 1, m, 1, v, 1, n, 0.1, 0.9, 0.99, 1e-3, 0.95, 2, 3);
      OptimizerF32.adam(s[0], 1, s[1], 1, s[2], 1, s[3], 1, n, 0.1, 0.9, 0.99, 1e-3, 0.95, 2, 3);
      for (int i = 0; i < n + 2; i++) {
        boolean inside = i > 0 && i <= n;
        double mean = inside ? 0.9 * m0[i] + (1 - 0.9) * get(g, i) : m0[i];
        double square = inside ? 0.99 * v0[i] + (1 - 0.99) * get(g, i) * get(g, i) : v0[i];
        double step = 0.1 * (mean * 2) / (Math.sqrt(square * 3) + 1e-3);
        check(m, s[2], i, mean);
        check(v, s[3], i, square);
        check(p, s[0], i, inside ? 0.95 * was[i] - step : was[i]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 67})
  void momentumAndLerp(int n) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment p = doubles(arena, n, 1);
      MemorySegment g = doubles(arena, n, 2);
      MemorySegment u = doubles(arena, n, 0.1);
      MemorySegment[] s = {floats(arena, p), floats(arena, g), floats(arena, u)};
      double[] was = p.toArray(ValueLayout.JAVA_DOUBLE);
      double[] u0 = u.toArray(ValueLayout.JAVA_DOUBLE);
      OptimizerF64.sgdMomentum(p, 1, g, 1, u, 1, n, 0.1, 0.9);
      OptimizerF32.sgdMomentum(s[0], 1, s[1], 1, s[2], 1, n, 0.1, 0.9);
      OptimizerF64.lerp(u, 1, p, 1, n, 0.25);
      OptimizerF32.lerp(s[2], 1, s[0], 1, n, 0.25);
      for (int i = 0; i < n + 2; i++) {
        boolean inside = i > 0 && i <= n;
        double velocity = 0.9 * u0[i] + get(g, i);
        double moved = inside ? was[i] - 0.1 * velocity : was[i];
        check(p, s[0], i, moved);
        check(u, s[2], i, inside ? velocity + 0.25 * (moved - velocity) : u0[i]);
      }
    }
  }
}

package scoria.kernels.cuda;

import org.junit.jupiter.api.Test;
import scoria.kernels.cpu.ArgScan;
import scoria.kernels.cpu.ElementType;
import scoria.kernels.cpu.ScanF32;
import scoria.kernels.cpu.ScanF64;
import scoria.kernels.cpu.ScanI64;

class CudaScanTest {
  private static final int[][] SHAPES = {
    {1, 0, 3}, {1, 1, 1}, {3, 255, 1}, {2, 257, 1}, {1, 5000, 1}, {2, 600, 3}, {3, 5, 70}
  };

  @Test
  void bitsOfTheCpu() {
    for (int[] s : SHAPES) {
      int size = s[0] * s[1] * s[2];
      for (int form = 0; form < 4; form++) {
        boolean exclusive = (form & 1) != 0;
        boolean reverse = (form & 2) != 0;
        for (ElementType type :
            new ElementType[] {ElementType.F32, ElementType.F64, ElementType.I64}) {
          try (Gpu gpu = Gpu.open()) {
            Gpu.Block x =
                type == ElementType.I64
                    ? gpu.of(Numbers.longs(7, size + 1))
                    : gpu.of(type, Numbers.normal(size, size + 1));
            Gpu.Block sums = gpu.zeros(type, size + 2);
            Gpu.Block products = gpu.zeros(type, size + 2);
            Gpu.Block recurrence = gpu.zeros(type, size + 2);
            CudaScan.sum(
                gpu.stream,
                type,
                x.device(),
                1,
                s[0],
                s[1],
                s[2],
                exclusive,
                reverse,
                sums.device(),
                2);
            CudaScan.prod(
                gpu.stream,
                type,
                x.device(),
                1,
                s[0],
                s[1],
                s[2],
                exclusive,
                reverse,
                products.device(),
                2);
            if (type != ElementType.I64) {
              CudaScan.recurrence(
                  gpu.stream,
                  type,
                  x.device(),
                  1,
                  x.device(),
                  1,
                  s[0],
                  s[1],
                  s[2],
                  reverse,
                  recurrence.device(),
                  2);
            }
            switch (type) {
              case F32 -> {
                ScanF32.sum(
                    Gpu.POOL, x.host(), 1, s[0], s[1], s[2], exclusive, reverse, sums.host(), 2);
                ScanF32.prod(
                    Gpu.POOL,
                    x.host(),
                    1,
                    s[0],
                    s[1],
                    s[2],
                    exclusive,
                    reverse,
                    products.host(),
                    2);
                ScanF32.recurrence(
                    Gpu.POOL,
                    x.host(),
                    1,
                    x.host(),
                    1,
                    s[0],
                    s[1],
                    s[2],
                    reverse,
                    recurrence.host(),
                    2);
              }
              case F64 -> {
                ScanF64.sum(
                    Gpu.POOL, x.host(), 1, s[0], s[1], s[2], exclusive, reverse, sums.host(), 2);
                ScanF64.prod(
                    Gpu.POOL,
                    x.host(),
                    1,
                    s[0],
                    s[1],
                    s[2],
                    exclusive,
                    reverse,
                    products.host(),
                    2);
                ScanF64.recurrence(
                    Gpu.POOL,
                    x.host(),
                    1,
                    x.host(),
                    1,
                    s[0],
                    s[1],
                    s[2],
                    reverse,
                    recurrence.host(),
                    2);
              }
              default -> {
                ScanI64.sum(
                    Gpu.POOL, x.host(), 1, s[0], s[1], s[2], exclusive, reverse, sums.host(), 2);
                ScanI64.prod(
                    Gpu.POOL,
                    x.host(),
                    1,
                    s[0],
                    s[1],
                    s[2],
                    exclusive,
                    reverse,
                    products.host(),
                    2);
              }
            }
            String what = type + " " + s[0] + " " + s[1] + " " + s[2] + " form " + form;
            gpu.assertSame(type, sums, "sums of " + what);
            gpu.assertSame(type, products, "products of " + what);
            gpu.assertSame(type, recurrence, "recurrence of " + what);
          }
        }
      }
    }
  }

  @Test
  void placesOfExtremesAsOnTheCpu() {
    for (int[] s : SHAPES) {
      int size = s[0] * s[1] * s[2];
      for (ElementType type :
          new ElementType[] {ElementType.F32, ElementType.F64, ElementType.I64}) {
        for (boolean smallest : new boolean[] {false, true}) {
          try (Gpu gpu = Gpu.open()) {
            double[] values = Numbers.normal(size, size + 1);
            // Equal ones, and towards the end NaN.
            for (int i = 0; i < size; i++) {
              values[i] = i == size - 3 ? Double.NaN : Math.rint(3 * values[i]);
            }
            Gpu.Block x =
                type == ElementType.I64 ? gpu.of(Numbers.longs(7, size + 1)) : gpu.of(type, values);
            Gpu.Block places = gpu.zeros(ElementType.I64, size + 2);
            CudaScan.extremes(
                gpu.stream, type, x.device(), 1, s[0], s[1], s[2], smallest, places.device(), 2);
            ArgScan.run(Gpu.POOL, type, x.host(), 1, s[0], s[1], s[2], smallest, places.host(), 2);
            gpu.assertSame(ElementType.I64, places, "argScan " + type);
          }
        }
      }
    }
  }
}

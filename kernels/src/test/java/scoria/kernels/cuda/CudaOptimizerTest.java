package scoria.kernels.cuda;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import scoria.kernels.cpu.ElementType;
import scoria.kernels.cpu.OptimizerF32;
import scoria.kernels.cpu.OptimizerF64;

class CudaOptimizerTest {
  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void threeSteps(ElementType type) {
    for (int n : new int[] {0, 1, 33, 777}) {
      try (Gpu gpu = Gpu.open()) {
        Gpu.Block p = gpu.of(type, Numbers.normal(1, n + 1));
        Gpu.Block m = gpu.zeros(type, n + 2);
        Gpu.Block v = gpu.zeros(type, n);
        Gpu.Block u = gpu.zeros(type, n);
        Gpu.Block average = gpu.of(type, Numbers.normal(2, n));
        for (int t = 1; t <= 3; t++) {
          Gpu.Block g = gpu.of(type, Numbers.normal(3 + t, n));
          double c1 = 1 / (1 - Math.pow(0.9, t));
          double c2 = 1 / (1 - Math.pow(0.999, t));
          Gpu.Block numbers = gpu.of(7.0, 1e-3, 1 - 1e-5, c1, c2);
          adam(type, p, g, m, v, n, c1, c2);
          CudaOptimizer.adam(
              gpu.stream,
              type,
              numbers.device(),
              1,
              0.9,
              0.999,
              1e-8,
              p.device(),
              1,
              g.device(),
              0,
              m.device(),
              2,
              v.device(),
              0,
              n);
          gpu.assertSame(type, m, "m after step " + t);
          gpu.assertSame(type, v, "v after step " + t);
          gpu.assertSame(type, p, "parameters after step " + t);
          momentum(type, p, g, u, n);
          CudaOptimizer.sgdMomentum(
              gpu.stream,
              type,
              numbers.device(),
              1,
              0.9,
              p.device(),
              1,
              g.device(),
              0,
              u.device(),
              0,
              n);
          gpu.assertSame(type, u, "velocity after step " + t);
          gpu.assertSame(type, p, "parameters after step " + t);
          lerp(type, average, p, n);
          CudaOptimizer.lerp(
              gpu.stream, type, numbers.device(), 1, average.device(), 0, p.device(), 1, n);
          gpu.assertSame(type, average, "average after step " + t);
        }
      }
    }
  }

  private static void adam(
      ElementType type,
      Gpu.Block p,
      Gpu.Block g,
      Gpu.Block m,
      Gpu.Block v,
      int n,
      double c1,
      double c2) {
    if (type == ElementType.F32) {
      OptimizerF32.adam(
          p.host(), 1, g.host(), 0, m.host(), 2, v.host(), 0, n, 1e-3, 0.9, 0.999, 1e-8, 1 - 1e-5,
          c1, c2);
    } else {
      OptimizerF64.adam(
          p.host(), 1, g.host(), 0, m.host(), 2, v.host(), 0, n, 1e-3, 0.9, 0.999, 1e-8, 1 - 1e-5,
          c1, c2);
    }
  }

  private static void momentum(ElementType type, Gpu.Block p, Gpu.Block g, Gpu.Block u, int n) {
    if (type == ElementType.F32) {
      OptimizerF32.sgdMomentum(p.host(), 1, g.host(), 0, u.host(), 0, n, 1e-3, 0.9);
    } else {
      OptimizerF64.sgdMomentum(p.host(), 1, g.host(), 0, u.host(), 0, n, 1e-3, 0.9);
    }
  }

  private static void lerp(ElementType type, Gpu.Block target, Gpu.Block source, int n) {
    if (type == ElementType.F32) {
      OptimizerF32.lerp(target.host(), 0, source.host(), 1, n, 1e-3);
    } else {
      OptimizerF64.lerp(target.host(), 0, source.host(), 1, n, 1e-3);
    }
  }
}

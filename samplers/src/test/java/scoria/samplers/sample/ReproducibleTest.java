package scoria.samplers.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import scoria.autodiff.grad.Gradient;
import scoria.engine.device.Device;
import scoria.engine.memory.Scope;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;
import scoria.samplers.density.Density;
import scoria.samplers.density.Gaussian;
import scoria.samplers.density.Mixture;
import scoria.samplers.noise.VariancePreserving;
import scoria.samplers.score.Denoiser;
import scoria.samplers.score.DenoisingLoss;

class ReproducibleTest {
  private static final Mixture DATA =
      Mixture.of(
          new double[] {1, 2}, Gaussian.isotropic(0.5, -2, 0, 1), Gaussian.isotropic(0.3, 2, 1, 0));

  enum Job {
    EDM_HEUN {
      @Override
      Tensor run(Rng rng, long n, int steps, boolean recorded) {
        EdmHeun sampler = new EdmHeun(steps).withChurn(new Churn(2, 0.1, 50, 1));
        return (recorded ? sampler.withRecording() : sampler)
            .sample(DATA.asDenoiser(), rng, DType.FLOAT32, n, 3);
      }
    },
    EULER_MARUYAMA {
      @Override
      Tensor run(Rng rng, long n, int steps, boolean recorded) {
        EulerMaruyama sampler = EulerMaruyama.of(new VariancePreserving(0.1, 20), steps);
        return (recorded ? sampler.withRecording() : sampler)
            .sample(DATA.asScore(), rng, DType.FLOAT32, n, 3);
      }
    },
    ANNEALED_LANGEVIN {
      @Override
      Tensor run(Rng rng, long n, int steps, boolean recorded) {
        AnnealedLangevin sampler =
            new AnnealedLangevin(LangevinStep.HALF, 5, 0.1, Math.max(2, steps / 2), 2, 0.002);
        return (recorded ? sampler.withRecording() : sampler)
            .sample(DATA.asScore(), rng, DType.FLOAT64, n, 3);
      }
    },
    LANGEVIN {
      @Override
      Tensor run(Rng rng, long n, int steps, boolean recorded) {
        Langevin sampler = new Langevin(LangevinStep.FULL, 0.01, steps);
        Tensor initial = rng.stream(9).normal(n, 3);
        return (recorded ? sampler.withRecording() : sampler).sample(DATA::score, initial, rng);
      }
    },
    LANGEVIN_BY_DERIVATIVE {
      @Override
      Tensor run(Rng rng, long n, int steps, boolean recorded) {
        Langevin sampler = new Langevin(LangevinStep.HALF, 0.02, steps);
        Density quartic = x -> x.square().square().sum(1).neg();
        Tensor initial = rng.stream(9).normal(DType.FLOAT64, n, 3);
        return (recorded ? sampler.withRecording() : sampler).sample(quartic::score, initial, rng);
      }
    };

    abstract Tensor run(Rng rng, long n, int steps, boolean recorded);

    Tensor run(Rng rng, long n) {
      return run(rng, n, 6, false);
    }
  }

  private static byte[] bits(Tensor x) {
    return x.contiguous().segment().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
  }

  @ParameterizedTest
  @EnumSource
  void theSameSeedGivesTheSameBitsOnAnyNumberOfThreads(Job job) {
    int before = Device.cpu().threads();
    try {
      Device.cpu().threads(1);
      byte[] one = bits(job.run(Rng.of(3), 20_001));
      for (int threads : new int[] {2, 7}) {
        Device.cpu().threads(threads);
        assertArrayEquals(one, bits(job.run(Rng.of(3), 20_001)), threads + " threads");
      }
    } finally {
      Device.cpu().threads(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRecordedStepHasTheBitsOfTheEagerOne(Job job) {
    int before = Device.cpu().threads();
    try {
      for (int threads : new int[] {1, 2}) {
        Device.cpu().threads(threads);
        for (int n : new int[] {1, 63, 1000}) {
          assertArrayEquals(
              bits(job.run(Rng.of(3), n, 100, false)),
              bits(job.run(Rng.of(3), n, 100, true)),
              n + " rows on " + threads + " threads");
        }
      }
    } finally {
      Device.cpu().threads(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRowDoesNotDependOnHowManyThereAre(Job job) {
    byte[] few = bits(job.run(Rng.of(4), 7));
    assertArrayEquals(few, Arrays.copyOf(bits(job.run(Rng.of(4), 1000)), few.length));
  }

  @ParameterizedTest
  @EnumSource
  void aCallMovesTheRandomNumbersOn(Job job) {
    Rng rng = Rng.of(5);
    Tensor first = job.run(rng, 10);
    long place = rng.place();
    Tensor second = job.run(rng, 10);
    assertEquals(2 * place, rng.place());
    assertFalse(Arrays.equals(bits(first), bits(second)));
    // And taken up where the first call ended, as a checkpoint would.
    assertArrayEquals(bits(second), bits(job.run(Rng.of(5, 0, place), 10)));
  }

  @Test
  void theLossAndItsGradientHaveTheSameBitsOnAnyNumberOfThreads() {
    int before = Device.cpu().threads();
    try {
      List<byte[]> results = new ArrayList<>();
      for (int threads : new int[] {1, 2, 7}) {
        Device.cpu().threads(threads);
        Tensor x0 = DATA.sample(Rng.of(6), DType.FLOAT32, 20_001);
        Tensor w = Rng.of(7).normal(3, 3).tracked();
        Denoiser model = (x, sigma) -> x.matmul(w).tanh();
        Tensor loss = DenoisingLoss.edm(0.5).loss(model, x0, Rng.of(8));
        results.add(bits(Tensor.concat(0, loss.reshape(1), Gradient.of(loss, w).reshape(9))));
      }
      assertArrayEquals(results.get(0), results.get(1));
      assertArrayEquals(results.get(0), results.get(2));
    } finally {
      Device.cpu().threads(before);
    }
  }

  @Test
  void aStepsMemoryEndsWithIt() {
    List<Tensor> made = new ArrayList<>();
    Tensor weight = Tensor.full(0.5, DType.FLOAT64, 1, 2).tracked();
    Tensor x;
    try (Scope scope = Scope.open("caller")) {
      x =
          scope.keep(
              new EdmHeun(4)
                  .sample(
                      (y, sigma) -> {
                        Tensor result = y.mul(weight);
                        made.add(result);
                        return result;
                      },
                      Rng.of(9),
                      DType.FLOAT64,
                      3,
                      2));
      // Even inside of the caller's scope, which is still open.
      for (Tensor result : made) {
        assertThrows(IllegalStateException.class, () -> result.add(1));
      }
    }
    assertEquals(7, made.size());
    assertFalse(x.isTracked());
    assertNotEquals(0, x.toDoubles()[0]);
  }
}

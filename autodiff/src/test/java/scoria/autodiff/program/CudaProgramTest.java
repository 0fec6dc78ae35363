package scoria.autodiff.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import scoria.autodiff.grad.Gradient;
import scoria.autodiff.nn.Activation;
import scoria.autodiff.nn.Mlp;
import scoria.autodiff.nn.Sequential;
import scoria.autodiff.optim.Adam;
import scoria.autodiff.optim.Clip;
import scoria.autodiff.optim.Ema;
import scoria.autodiff.optim.LearningRate;
import scoria.engine.device.Device;
import scoria.engine.exec.Program;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/** Programs on the GPU, where they become graphs, do what their functions do. */
@Tag("cuda")
class CudaProgramTest {
  @BeforeAll
  static void there() {
    Device.cuda().makeDefault();
  }

  @AfterAll
  static void back() {
    Device.cpu().makeDefault();
  }

  /** A training with what changes from step to step: noise, rates, moments, an average. */
  private static final class Job {
    final Rng rng = Rng.of(11);
    final Sequential net;
    final Adam adam;
    final Ema ema;

    Job(DType dtype) {
      net = Mlp.of(Rng.of(3), Activation.SILU, dtype, 2, 12, 20, 2);
      adam = Adam.of(net.parameters(), LearningRate.constant(3e-3).cosine(20).warmUp(3));
      ema = Ema.of(net.parameters(), 0.99).withWarmUp();
    }

    List<Tensor> step(Tensor x) {
      Tensor eps = rng.normal(x.dtype(), x.size(0), 2);
      Tensor loss = net.forward(x.add(eps)).add(eps).square().sum(1).mean();
      List<Tensor> gradients = Gradient.of(loss, net.parameters().tensors());
      adam.step(Clip.byGlobalNorm(gradients, 0.7).gradients());
      ema.update();
      return List.of(loss);
    }

    List<Tensor> state() {
      List<Tensor> state = new ArrayList<>(net.parameters().tensors());
      state.addAll(adam.state().tensors());
      state.addAll(ema.average().tensors());
      return state;
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void aReplayedStepHasTheBitsOfTheEagerStep(DType dtype) {
    Job eager = new Job(dtype);
    Job replayed = new Job(dtype);
    Program program = Program.record(in -> replayed.step(in.get(0)));
    Rng data = Rng.of(5);
    for (int i = 0; i < 8; i++) {
      // Another shape now and then: a second recording, on the same weights.
      Tensor x = data.normal(dtype, i % 3 == 2 ? 19 : 40, 2);
      Tensor want = eager.step(x).get(0);
      Tensor got = program.run(x).get(0);
      assertSame(Device.cuda(), got.device());
      assertEquals(want.item(), got.item(), "loss of step " + i);
      for (int k = 0; k < eager.state().size(); k++) {
        assertArrayEquals(
            eager.state().get(k).toDoubles(), replayed.state().get(k).toDoubles(), "step " + i);
      }
    }
  }

  @Test
  void inputsMayBeViewsAndResults() {
    Program program = Program.record(in -> List.of(in.get(0).mul(2).add(in.get(1))));
    Tensor one = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2).transpose();
    Tensor two = Tensor.ones(2, 2);
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(new float[] {3, 7, 5, 9}, program.run(one, two).get(0).toFloats());
    }
    Tensor again = program.run(one, two).get(0);
    assertArrayEquals(new float[] {9, 21, 15, 27}, program.run(again, again).get(0).toFloats());
  }

  @Test
  void aProgramRunsOnOneDevice() {
    Tensor weight = Tensor.ones(2);
    Program program = Program.record(in -> List.of(in.get(0).add(weight)));
    Tensor elsewhere = Tensor.ones(2).to(Device.cpu());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> program.run(elsewhere));
    assertTrue(
        String.valueOf(e.getMessage()).contains("on cpu, float32[2] on cuda"), e.getMessage());
    assertArrayEquals(
        new float[] {2, 2}, program.run(elsewhere.to(Device.cuda())).get(0).toFloats());
    Program moves = Program.record(in -> List.of(in.get(0).to(Device.cpu())));
    assertThrows(IllegalStateException.class, () -> moves.run(weight));
    Program reads = Program.record(in -> List.of(in.get(0).mul(in.get(0).sum().item())));
    assertThrows(IllegalStateException.class, () -> reads.run(weight));
  }
}

package scoria.autodiff.grad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import scoria.autodiff.nn.Activation;
import scoria.autodiff.nn.Mlp;
import scoria.autodiff.nn.Parameters;
import scoria.autodiff.nn.Sequential;
import scoria.engine.device.Device;
import scoria.engine.exec.Program;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/** Derivatives of functions have the same bits on the GPU, recorded and not. */
@Tag("cuda")
class TransformOnCudaTest {
  private static final class Job {
    final Sequential net = Mlp.of(Rng.of(1), Activation.SILU, 3, 8, 3);
    final Rng rng = Rng.of(2);

    List<Tensor> run(Tensor x) {
      Parameters p = net.parameters();
      UnaryOperator<Tensor> energy = t -> net.forward(t).square().sum();
      Tensor loss = energy.apply(Checkpoint.of(t -> net.forward(t.add(rng.normal(5, 3))), x));
      List<Tensor> out = new ArrayList<>();
      out.add(Hvp.at(energy, x, x));
      out.add(Hessian.at(energy, x));
      out.addAll(Gradient.of(loss, p.tensors()));
      out.addAll(Jacobian.of(net.forward(x), p.tensors()));
      out.addAll(PerSample.gradients(t -> net.forward(t).square().sum(1), p, x).tensors());
      for (Divergence how :
          List.of(
              Divergence.exact(),
              Divergence.hutchinson(Probe.RADEMACHER, 3),
              Divergence.hutchPlusPlus(Probe.GAUSSIAN, 6))) {
        DivergenceEstimate estimate = how.at(net::forward, x, rng);
        out.add(estimate.divergence());
        out.add(estimate.standardError());
      }
      return out;
    }
  }

  @Test
  void sameBitsAsOnTheProcessor() {
    Tensor x = Rng.of(3).normal(5, 3);
    List<Tensor> want = new Job().run(x);
    List<Tensor> got;
    List<Tensor> recorded;
    try (Device.Use gpu = Device.cuda().use()) {
      Tensor there = x.to(Device.cuda());
      got = new Job().run(there);
      Job job = new Job();
      recorded = Program.record(in -> job.run(in.get(0))).run(there);
    }
    for (int i = 0; i < want.size(); i++) {
      assertSame(Device.cuda(), got.get(i).device());
      assertArrayEquals(want.get(i).toFloats(), got.get(i).toFloats(), "result " + i);
      assertArrayEquals(want.get(i).toFloats(), recorded.get(i).toFloats(), "recorded " + i);
    }
  }
}

package scoria.autodiff.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scoria.autodiff.grad.Hvp;
import scoria.autodiff.nn.Activation;
import scoria.autodiff.nn.Mlp;
import scoria.autodiff.nn.Parameters;
import scoria.autodiff.nn.Sequential;
import scoria.engine.device.Device;
import scoria.engine.exec.Program;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/** Second derivatives of a network, recorded and fused, have the bits of the eager ones. */
class CurvatureReplayTest {
  private static final int BEFORE = Device.cpu().threads();

  @AfterEach
  void asBefore() {
    Device.cpu().threads(BEFORE);
  }

  @ParameterizedTest
  @CsvSource({
    "SILU, FLOAT32, 600",
    "SILU, FLOAT64, 600",
    "SILU, FLOAT32, 37",
    "TANH, FLOAT32, 600",
    "GELU, FLOAT32, 600",
    "GELU, FLOAT64, 37"
  })
  void hessianTimesVector(Activation activation, DType dtype, int batch) {
    // Wider than a block of k in one place, and narrower than a vector in another.
    Sequential net = Mlp.of(Rng.of(1), activation, dtype, 3, 40, 300, 64, 2);
    Parameters p = net.parameters();
    Parameters u = p.map(t -> Rng.of(t.elements()).normal(dtype, t.shape().toArray()));
    Tensor x = Rng.of(2).normal(dtype, batch, 3);
    Tensor v = Rng.of(3).normal(dtype, batch, 3);
    Program.Body inWeights =
        in -> Hvp.of(net.forward(in.get(0)).square().sum(1).mean(), p, u).tensors();
    Program.Body inInputs =
        in -> List.of(Hvp.at(z -> net.forward(z).square().sum(1).mean(), in.get(0), in.get(1)));
    for (Program.Body body : List.of(inWeights, inInputs)) {
      List<Tensor> wanted = body.run(List.of(x, v));
      for (int threads : new int[] {1, 2}) {
        Device.cpu().threads(threads);
        List<Tensor> got = Program.record(body).run(x, v);
        for (int i = 0; i < wanted.size(); i++) {
          assertArrayEquals(wanted.get(i).toDoubles(), got.get(i).toDoubles(), 0, "result " + i);
        }
      }
    }
  }
}

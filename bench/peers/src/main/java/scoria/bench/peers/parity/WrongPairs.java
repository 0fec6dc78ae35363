package scoria.bench.peers.parity;

import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import scoria.engine.exec.Execute;
import scoria.engine.op.Call;
import scoria.engine.op.CustomOp;
import scoria.engine.op.Reference;
import scoria.engine.op.Signature;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/**
 * Pairs that are wrong on purpose, each in one place. Before anything is compared, all of them have
 * to be found: a comparison that finds nothing says nothing.
 */
final class WrongPairs {
  private static final int TRIALS = 2;

  private WrongPairs() {}

  /** A pair whose sides differ in some results only, which are named. */
  private record Wrong(Pair pair, List<String> where) {}

  /**
   * Checks that what is wrong is found.
   *
   * @throws IllegalStateException if it is not
   */
  static void mustBeFound() {
    for (Wrong wrong : all()) {
      Comparison comparison = new Comparison(wrong.pair());
      comparison.run(TRIALS);
      List<String> found =
          comparison.failures().stream()
              .map(failure -> failure.what().replaceAll(" \\d*:.*", ""))
              .distinct()
              .sorted()
              .toList();
      if (!found.equals(wrong.where())) {
        throw new IllegalStateException(
            wrong.pair().name() + ": differences should be in " + wrong.where() + ", not " + found);
      }
    }
  }

  private static List<Wrong> all() {
    return List.of(
        new Wrong(
            pair("value", Tensor::square, x -> x.square().add(new Scalar(1e-6))), List.of("value")),
        new Wrong(
            pair("gradient", Tensor::square, x -> x.mul(x.detach())),
            List.of(
                "derivative in the vector", "forward derivative", "gradient", "second derivative")),
        new Wrong(
            pair("gradient of the gradient", Tensor::square, WrongPairs::tangent),
            List.of("second derivative")),
        new Wrong(
            pair("forward mode", x -> Execute.run(new WrongForward(), x)[0], x -> x.square()),
            List.of("forward derivative")),
        new Wrong(
            pair("shape", Tensor::square, x -> x.square().unsqueeze(0)),
            List.of("derivative in the vector", "forward derivative", "value")));
  }

  private static Pair pair(
      String name, UnaryOperator<Tensor> ours, UnaryOperator<org.bytedeco.pytorch.Tensor> theirs) {
    return PointwisePairs.one("wrong on purpose, " + name, ours, theirs, 0.5, 2);
  }

  /** A square's value and gradient without its second derivative. */
  private static org.bytedeco.pytorch.Tensor tangent(org.bytedeco.pytorch.Tensor x) {
    org.bytedeco.pytorch.Tensor at = x.detach();
    return at.mul(x).mul(new Scalar(2)).sub(torch.square(at));
  }

  /** A square whose forward derivative is three times x. */
  private record WrongForward() implements CustomOp {
    @Override
    public String label() {
      return "wrongForward";
    }

    @Override
    public String shapes() {
      return "[...] -> [...]";
    }

    @Override
    public Signature[] infer(Signature... inputs) {
      return inputs;
    }

    @Override
    public Reference[] meaning(Reference... inputs) {
      return new Reference[] {inputs[0].map(v -> v * v)};
    }

    @Override
    public @Nullable Tensor[] pullback(Call call, @Nullable Tensor[] gradients) {
      Tensor g = gradients[0];
      return new @Nullable Tensor[] {g == null ? null : g.mul(call.input(0)).mul(2)};
    }

    @Override
    public @Nullable Tensor[] pushforward(Call call, @Nullable Tensor[] tangents) {
      Tensor t = tangents[0];
      return new @Nullable Tensor[] {t == null ? null : t.mul(call.input(0)).mul(3)};
    }

    @Override
    public void run(Tensor[] inputs, Tensor[] outputs) {
      double[] values = inputs[0].detach().toDoubles();
      for (int i = 0; i < values.length; i++) {
        if (outputs[0].dtype() == DType.FLOAT32) {
          float v = (float) values[i];
          outputs[0].segment().setAtIndex(ValueLayout.JAVA_FLOAT, i, v * v);
        } else {
          double v = values[i];
          outputs[0].segment().setAtIndex(ValueLayout.JAVA_DOUBLE, i, v * v);
        }
      }
    }
  }
}

package scoria.autodiff.grad;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import scoria.autodiff.nn.Parameters;
import scoria.engine.exec.Program;
import scoria.engine.tensor.Tensor;
import scoria.engine.tensor.Tracking;

/**
 * The gradient of every sample's own loss, as differential privacy, influence functions and the
 * noise of gradients ask for.
 *
 * <p>Where a loss is made of operations that go row by row, and parameters are used as weights of
 * matrix products and as what is added to or multiplied with rows, one walk back over the whole
 * batch gives all gradients; what it costs beyond one gradient is writing n times as many numbers.
 * Else they are computed sample by sample, by one recorded program.
 */
public final class PerSample {
  private PerSample() {}

  /** {@link #gradients(Function, Parameters, List)} of a batch that is one tensor. */
  public static Parameters gradients(UnaryOperator<Tensor> losses, Parameters p, Tensor x) {
    return gradients(xs -> losses.apply(xs.get(0)), p, List.of(x));
  }

  /**
   * Gradients, sample by sample.
   *
   * @param losses takes a batch, whose first axis counts samples, to one loss a sample, [n]; a
   *     sample's loss depends on its own rows alone, and may be asked for without the others
   * @param p tracked, and what the losses are made with: they are not given to the function
   * @param batch tensors of n rows each
   * @return under the parameters' names gradients of one axis more: [n, ...]
   */
  public static Parameters gradients(
      Function<List<Tensor>, Tensor> losses, Parameters p, List<Tensor> batch) {
    return gradients(losses, p, batch, false);
  }

  /** {@link #gradients(UnaryOperator, Parameters, Tensor)}, to be differentiated again. */
  public static Parameters differentiable(UnaryOperator<Tensor> losses, Parameters p, Tensor x) {
    return differentiable(xs -> losses.apply(xs.get(0)), p, List.of(x));
  }

  /** {@link #gradients(Function, Parameters, List)}, to be differentiated again. */
  public static Parameters differentiable(
      Function<List<Tensor>, Tensor> losses, Parameters p, List<Tensor> batch) {
    return gradients(losses, p, batch, true);
  }

  private static Parameters gradients(
      Function<List<Tensor>, Tensor> losses, Parameters p, List<Tensor> batch, boolean again) {
    long n = samples(batch);
    List<Tensor> xs = p.tensors();
    boolean keep = (again || Structure.isInside()) && Tracking.isOn();
    List<Tensor> out;
    try (Tracking.Resumption on = Tracking.resume()) {
      out = RowGradients.of(checked(losses.apply(batch), n), xs, keep);
      if (out == null) {
        out =
            keep
                ? oneByOne(n, xs, i -> sample(losses, xs, rows(batch, i), true))
                : replayed(losses, xs, batch, n);
      }
    }
    return Structure.NAMED.whole().apply(p, out);
  }

  private static long samples(List<Tensor> batch) {
    for (Tensor x : batch) {
      if (x.rank() == 0 || x.size(0) != batch.get(0).size(0)) {
        throw new IllegalArgumentException(
            "a batch of "
                + batch.stream().map(Tensor::signature).toList()
                + "; all tensors need the same number of rows");
      }
    }
    if (batch.isEmpty()) {
      throw new IllegalArgumentException("a batch of no tensors; it takes at least one");
    }
    return batch.get(0).size(0);
  }

  private static Tensor checked(Tensor losses, long n) {
    if (losses.rank() != 1 || losses.size(0) != n) {
      throw new IllegalArgumentException(
          "the losses of " + n + " samples are " + losses.signature() + "; one for each is needed");
    }
    return losses;
  }

  private static List<Tensor> rows(List<Tensor> batch, long i) {
    return batch.stream().map(x -> x.narrow(0, i, 1)).toList();
  }

  /** The gradients of one sample. */
  private static List<Tensor> sample(
      Function<List<Tensor>, Tensor> losses, List<Tensor> xs, List<Tensor> rows, boolean again) {
    Tensor loss = checked(losses.apply(rows), 1);
    return again ? Gradient.differentiable(loss, xs) : Gradient.of(loss, xs);
  }

  private static List<Tensor> replayed(
      Function<List<Tensor>, Tensor> losses, List<Tensor> xs, List<Tensor> batch, long n) {
    Program program = Program.record(in -> sample(losses, xs, in, false));
    return oneByOne(
        n,
        xs,
        i -> {
          Tensor[] rows = rows(batch, i).stream().map(Tensor::detach).toArray(Tensor[]::new);
          return program.run(rows).stream().map(Tensor::copy).toList();
        });
  }

  private interface Sample {
    List<Tensor> gradients(long i);
  }

  private static List<Tensor> oneByOne(long n, List<Tensor> xs, Sample sample) {
    List<List<Tensor>> byParameter = new ArrayList<>();
    xs.forEach(x -> byParameter.add(new ArrayList<>()));
    for (long i = 0; i < n; i++) {
      List<Tensor> gradients = sample.gradients(i);
      for (int k = 0; k < xs.size(); k++) {
        byParameter.get(k).add(gradients.get(k));
      }
    }
    List<Tensor> out = new ArrayList<>();
    for (int k = 0; k < xs.size(); k++) {
      out.add(
          n == 0
              ? RowGradients.none(xs.get(k), 0)
              : Tensor.stack(0, byParameter.get(k).toArray(Tensor[]::new)));
    }
    return out;
  }
}

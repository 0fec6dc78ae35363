package scoria.autodiff.grad;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import scoria.autodiff.nn.Parameters;
import scoria.engine.tensor.Tensor;
import scoria.engine.tensor.Tracking;

/**
 * What functions are differentiated in: one tensor, several, or named ones. Derivatives work on
 * lists; this takes them apart and puts results together again.
 *
 * @param parts the tensors, in order
 * @param whole tensors in the place of these
 */
record Structure<T>(Function<T, List<Tensor>> parts, BiFunction<T, List<Tensor>, T> whole) {
  static final Structure<Tensor> ONE = new Structure<>(List::of, (like, parts) -> parts.get(0));
  static final Structure<List<Tensor>> MANY = new Structure<>(list -> list, (like, parts) -> parts);
  static final Structure<Parameters> NAMED =
      new Structure<>(Parameters::tensors, Structure::renamed);

  /** How many functions that are being differentiated this thread is inside of. */
  private static final ThreadLocal<int[]> DEPTH = ThreadLocal.withInitial(() -> new int[1]);

  private static Parameters renamed(Parameters like, List<Tensor> parts) {
    LinkedHashMap<String, Tensor> out = new LinkedHashMap<>();
    List<String> names = like.names();
    for (int i = 0; i < names.size(); i++) {
      out.put(names.get(i), parts.get(i));
    }
    return Parameters.of(out);
  }

  /**
   * The tensors of {@code v}, one for each of {@code x} and in their order.
   *
   * @throws IllegalArgumentException if other names are named
   */
  List<Tensor> directions(T x, T v) {
    if (x instanceof Parameters p && v instanceof Parameters q) {
      if (!p.toMap().keySet().equals(q.toMap().keySet())) {
        throw new IllegalArgumentException(
            "the directions are those of " + q.names() + " and the parameters " + p.names());
      }
      return p.names().stream().map(q::get).toList();
    }
    return parts.apply(v);
  }

  /** What is taken of a value and its inputs. */
  interface Derivative<R> {
    /**
     * @param again whether the result is to be differentiated again
     */
    R of(Tensor y, List<Tensor> xs, boolean again);
  }

  /**
   * Calls a function and takes a derivative of what it gives.
   *
   * <p>Inside of another function that is being differentiated the result is differentiable
   * whatever was asked for, so that nested derivatives are right. The function's inputs are tensors
   * of their own, which nothing outside was made from; they remember {@code x} where that is
   * tracked.
   */
  <R> R at(Function<T, Tensor> f, T x, boolean again, Derivative<R> derivative) {
    boolean wanted = (again || isInside()) && Tracking.isOn();
    try (Tracking.Resumption on = Tracking.resume()) {
      List<Tensor> inputs = new ArrayList<>();
      for (Tensor part : parts.apply(x)) {
        inputs.add(wanted ? alias(part) : part.tracked());
      }
      Tensor y = inside(() -> f.apply(whole.apply(x, inputs)));
      return derivative.of(y, inputs, wanted);
    }
  }

  /** Whether this thread is inside of a function that is being differentiated. */
  static boolean isInside() {
    return DEPTH.get()[0] > 0;
  }

  /** Calls what will be differentiated. */
  static Tensor inside(Supplier<Tensor> f) {
    DEPTH.get()[0]++;
    try {
      return f.get();
    } finally {
      DEPTH.get()[0]--;
    }
  }

  /** The same values as another input, through which derivatives pass to {@code x}. */
  static Tensor alias(Tensor x) {
    if (!x.isTracked()) {
      return x.tracked();
    }
    int[] order = new int[x.rank()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    return x.permute(order);
  }
}

package scoria.autodiff.grad;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import scoria.autodiff.nn.Parameters;
import scoria.engine.device.Device;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * All derivatives of an output's elements in inputs' elements. See {@link Gradient} on what {@code
 * of}, {@code at} and {@code differentiable} mean.
 *
 * <p>It takes one walk for every element of the input (forward mode) or of the output (reverse
 * mode), whichever are fewer unless a {@link Mode} is named.
 */
public final class Jacobian {
  /** How it is computed. Results agree up to rounding. */
  public enum Mode {
    /** One walk forward for every element of the inputs: their columns. */
    FORWARD,
    /** One walk back for every element of the output: its rows. */
    REVERSE
  }

  private Jacobian() {}

  /**
   * The Jacobian.
   *
   * @param y of any shape
   * @param x of any shape
   * @return the axes of {@code y}, then those of {@code x}: element (i, j) is the derivative of
   *     {@code y[i]} in {@code x[j]}
   */
  public static Tensor of(Tensor y, Tensor x) {
    return of(y, List.of(x)).get(0);
  }

  /** The Jacobians in several tensors. */
  public static List<Tensor> of(Tensor y, List<Tensor> xs) {
    return of(cheaper(y, xs), y, xs);
  }

  /** The Jacobians in parameters, under their names. */
  public static Parameters of(Tensor y, Parameters p) {
    return Structure.NAMED.whole().apply(p, of(y, p.tensors()));
  }

  /** The Jacobians in several tensors, computed in a given way. */
  public static List<Tensor> of(Mode mode, Tensor y, List<Tensor> xs) {
    return matrices(mode, y, xs, false);
  }

  /** {@link #of(Tensor, Tensor)}, to be differentiated again. */
  public static Tensor differentiable(Tensor y, Tensor x) {
    return differentiable(y, List.of(x)).get(0);
  }

  /** {@link #of(Tensor, List)}, to be differentiated again. */
  public static List<Tensor> differentiable(Tensor y, List<Tensor> xs) {
    return differentiable(cheaper(y, xs), y, xs);
  }

  /** {@link #of(Tensor, Parameters)}, to be differentiated again. */
  public static Parameters differentiable(Tensor y, Parameters p) {
    return Structure.NAMED.whole().apply(p, differentiable(y, p.tensors()));
  }

  /** {@link #of(Mode, Tensor, List)}, to be differentiated again. */
  public static List<Tensor> differentiable(Mode mode, Tensor y, List<Tensor> xs) {
    return matrices(mode, y, xs, true);
  }

  /** Of a function at a point. */
  public static Tensor at(UnaryOperator<Tensor> f, Tensor x) {
    return at(Structure.ONE, f, x, false);
  }

  /** Of a function of several tensors. */
  public static List<Tensor> at(Function<List<Tensor>, Tensor> f, List<Tensor> xs) {
    return at(Structure.MANY, f, xs, false);
  }

  /** Of a function of named tensors. */
  public static Parameters at(Function<Parameters, Tensor> f, Parameters p) {
    return at(Structure.NAMED, f, p, false);
  }

  /** {@link #at(UnaryOperator, Tensor)}, to be differentiated again. */
  public static Tensor differentiableAt(UnaryOperator<Tensor> f, Tensor x) {
    return at(Structure.ONE, f, x, true);
  }

  /** {@link #at(Function, List)}, to be differentiated again. */
  public static List<Tensor> differentiableAt(Function<List<Tensor>, Tensor> f, List<Tensor> xs) {
    return at(Structure.MANY, f, xs, true);
  }

  /** {@link #at(Function, Parameters)}, to be differentiated again. */
  public static Parameters differentiableAt(Function<Parameters, Tensor> f, Parameters p) {
    return at(Structure.NAMED, f, p, true);
  }

  private static <T> T at(Structure<T> structure, Function<T, Tensor> f, T x, boolean again) {
    return structure.at(
        f,
        x,
        again,
        (y, xs, keep) -> structure.whole().apply(x, matrices(cheaper(y, xs), y, xs, keep)));
  }

  private static Mode cheaper(Tensor y, List<Tensor> xs) {
    long columns = xs.stream().mapToLong(Tensor::elements).sum();
    return columns <= y.elements() ? Mode.FORWARD : Mode.REVERSE;
  }

  private static List<Tensor> matrices(Mode mode, Tensor y, List<Tensor> xs, boolean again) {
    Graph.tracked(xs);
    Graph graph = Graph.between(xs, List.of(y));
    return switch (mode) {
      case FORWARD -> forward(graph, List.of(y), xs, again).get(0);
      case REVERSE -> reverse(graph, y, xs, again);
    };
  }

  /** The Jacobians of several outputs, each in all inputs. */
  static List<List<Tensor>> forward(Graph graph, List<Tensor> ys, List<Tensor> xs, boolean again) {
    List<List<Tensor>> out = new ArrayList<>();
    ys.forEach(y -> out.add(new ArrayList<>()));
    for (int k = 0; k < xs.size(); k++) {
      Tensor x = xs.get(k);
      List<List<Tensor>> columns = new ArrayList<>();
      ys.forEach(y -> columns.add(new ArrayList<>()));
      for (Tensor unit : units(x)) {
        @Nullable Tensor[] vs = new @Nullable Tensor[xs.size()];
        vs[k] = unit;
        List<Tensor> moved = Forward.walk(graph, ys, xs, Arrays.asList(vs), again);
        for (int i = 0; i < moved.size(); i++) {
          columns.get(i).add(moved.get(i).reshape(-1));
        }
      }
      for (int i = 0; i < ys.size(); i++) {
        Tensor y = ys.get(i);
        Tensor matrix = columns.get(i).isEmpty() ? null : stack(1, columns.get(i));
        out.get(i).add(shaped(matrix, y, x));
      }
    }
    return out;
  }

  private static List<Tensor> reverse(Graph graph, Tensor y, List<Tensor> xs, boolean again) {
    List<List<Tensor>> rows = new ArrayList<>();
    xs.forEach(x -> rows.add(new ArrayList<>()));
    for (Tensor unit : units(y)) {
      List<Tensor> gradients = Reverse.walk(graph, y, xs, unit, again);
      for (int k = 0; k < xs.size(); k++) {
        rows.get(k).add(gradients.get(k).reshape(-1));
      }
    }
    List<Tensor> out = new ArrayList<>();
    for (int k = 0; k < xs.size(); k++) {
      out.add(shaped(rows.get(k).isEmpty() ? null : stack(0, rows.get(k)), y, xs.get(k)));
    }
    return out;
  }

  private static Tensor stack(int axis, List<Tensor> parts) {
    return Tensor.stack(axis, parts.toArray(Tensor[]::new));
  }

  private static Tensor shaped(@Nullable Tensor matrix, Tensor y, Tensor x) {
    long[] sizes =
        LongStream.concat(Arrays.stream(y.shape().toArray()), Arrays.stream(x.shape().toArray()))
            .toArray();
    // Of an empty tensor there is nothing to stack.
    return matrix == null || matrix.elements() == 0
        ? y.filled(0, sizes)
        : matrix.reshape(Shape.of(sizes));
  }

  /** For every element a tensor that is 1 there and 0 elsewhere. */
  private static List<Tensor> units(Tensor of) {
    List<Tensor> out = new ArrayList<>();
    if (of.elements() == 0) {
      return out;
    }
    try (Device.Use use = of.device().use()) {
      int n = Math.toIntExact(of.elements());
      Tensor identity = Tensor.eye(n, of.dtype());
      for (int i = 0; i < n; i++) {
        out.add(identity.get(0, i).reshape(of.shape()));
      }
    }
    return out;
  }
}

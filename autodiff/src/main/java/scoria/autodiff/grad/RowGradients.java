package scoria.autodiff.grad;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import scoria.engine.op.Binary;
import scoria.engine.op.Call;
import scoria.engine.op.Cast;
import scoria.engine.op.Concat;
import scoria.engine.op.Copy;
import scoria.engine.op.Embed;
import scoria.engine.op.MatMul;
import scoria.engine.op.Op;
import scoria.engine.op.Permute;
import scoria.engine.op.Reduction;
import scoria.engine.op.Reshape;
import scoria.engine.op.RowOp;
import scoria.engine.op.ScalarOp;
import scoria.engine.op.Slice;
import scoria.engine.op.Unary;
import scoria.engine.tensor.Origin;
import scoria.engine.tensor.Tensor;

/**
 * One walk back for the gradients of all samples: like {@link Reverse}, but where a parameter meets
 * rows, each sample's share of the gradient stays apart.
 *
 * <p>A tensor goes by rows if its first axis is cut evenly among the samples, in order: row i, or
 * the i-th run of as many rows, depends on sample i alone.
 */
final class RowGradients {
  private final long n;
  private final Graph graph;
  private final Set<Tensor> parameters = Collections.newSetFromMap(new IdentityHashMap<>());

  private RowGradients(long n, Graph graph, List<Tensor> xs) {
    this.n = n;
    this.graph = graph;
    parameters.addAll(xs);
  }

  /**
   * The gradients of every sample's loss, or null if a parameter is used in another way.
   *
   * @param losses [n]
   * @return for each parameter [n, ...]
   */
  static @Nullable List<Tensor> of(Tensor losses, List<Tensor> xs, boolean again) {
    Graph.tracked(xs);
    long n = losses.size(0);
    RowGradients walk = new RowGradients(n, Graph.upTo(xs, List.of(losses)), xs);
    return n > 0 && walk.goesByRows(losses) ? walk.gradients(losses, xs, again) : null;
  }

  /** Gradients of nothing. */
  static Tensor none(Tensor x, long n) {
    long[] sizes = new long[x.rank() + 1];
    sizes[0] = n;
    System.arraycopy(x.shape().toArray(), 0, sizes, 1, x.rank());
    return x.filled(0, sizes);
  }

  // ---- Whether it can be done.

  private boolean goesByRows(Tensor losses) {
    if (parameters.contains(losses)) {
      return false;
    }
    // All active calls lie on the way to the losses, so each one's output must go by rows, and does
    // if it is only ever asked for by calls that have been found to go by rows.
    for (Call call : graph.calls()) {
      if (call.outputs() != 1 || !byRows(call)) {
        return false;
      }
    }
    return true;
  }

  private boolean byRows(Call call) {
    Tensor y = call.output(0);
    if (y.rank() == 0 || y.size(0) % n != 0) {
      return false;
    }
    for (int k = 0; k < call.inputs(); k++) {
      Tensor x = call.source(k);
      if (!graph.isActive(x)) {
        continue;
      }
      boolean fits = parameters.contains(x) ? meetsRows(call, k, y) : followsRows(call, k, y);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  /** Whether a parameter is used in a way that there is a rule for. */
  private static boolean meetsRows(Call call, int k, Tensor y) {
    Tensor x = call.source(k);
    return switch (call.op()) {
      case MatMul product -> k == 1 && isTall(product, call);
      case Binary _ -> x.rank() < y.rank() || (x.size(0) == 1 && y.size(0) > 1);
      default -> false;
    };
  }

  private static boolean isTall(MatMul product, Call call) {
    return !product.transposeA() && call.source(0).rank() == 2 && call.source(1).rank() == 2;
  }

  /** Whether rows of the output are made of the same rows of an input. */
  private boolean followsRows(Call call, int k, Tensor y) {
    Tensor x = call.source(k);
    if (x.rank() == 0 || x.size(0) % n != 0) {
      return false;
    }
    boolean sameRows = x.size(0) == y.size(0);
    return switch (call.op()) {
      case Unary _, ScalarOp _, Cast _, Copy _ -> true;
      case Binary _ -> sameRows && x.rank() == y.rank();
      case MatMul product -> k == 0 && isTall(product, call);
      case RowOp _ -> x.rank() > 1;
      case Reduction reduction -> reduction.from() > 0;
      case Reshape _ -> true;
      case Slice slice -> slice.axis() > 0;
      case Embed embed -> embed.axis() > 0;
      case Concat concat -> concat.axis() > 0;
      case Permute permute -> permute.order().get(0) == 0;
      default -> false;
    };
  }

  // ---- The walk.

  private List<Tensor> gradients(Tensor losses, List<Tensor> xs, boolean again) {
    Map<Call, Tensor> open = new HashMap<>();
    Map<Tensor, Tensor> found = new IdentityHashMap<>();
    Origin last = losses.origin();
    if (last != null && graph.isActive(losses)) {
      open.put(last.call(), losses.onesLike());
    }
    List<Call> calls = graph.calls();
    for (int i = calls.size() - 1; i >= 0; i--) {
      Call call = calls.get(i);
      Tensor g = open.remove(call);
      if (g != null) {
        Graph.step("gradient", call, () -> step(call, g, again, open, found));
      }
    }
    List<Tensor> out = new ArrayList<>();
    for (Tensor x : xs) {
      Tensor gradient = found.get(x);
      out.add(gradient == null ? none(x, n) : gradient);
    }
    return out;
  }

  private void step(
      Call call, Tensor g, boolean again, Map<Call, Tensor> open, Map<Tensor, Tensor> found) {
    boolean[] active = graph.activeInputs(call);
    boolean[] rows = active.clone();
    for (int k = 0; k < active.length; k++) {
      Tensor x = call.source(k);
      if (active[k] && parameters.contains(x)) {
        rows[k] = false;
        found.merge(x, share(call.as(active, !again), k, g), Tensor::add);
      }
    }
    @Nullable Tensor[] results = call.op().pullback(call.as(rows, !again), new Tensor[] {g});
    for (int k = 0; k < rows.length; k++) {
      Origin origin = call.source(k).origin();
      Tensor result = results[k];
      if (rows[k] && result != null && origin != null) {
        open.merge(origin.call(), result, Tensor::add);
      }
    }
  }

  /** Each sample's share of the gradient of a parameter: [n, ...]. */
  private Tensor share(Call call, int k, Tensor g) {
    Op op = call.op();
    if (op instanceof MatMul product) {
      Tensor a = samples(call.input(0));
      return product.transposeB()
          ? samples(g).matmul(a, true, false)
          : a.matmul(samples(g), true, false);
    }
    // As if every row had a parameter of its own.
    Tensor p = call.input(k);
    Tensor[] inputs =
        IntStream.range(0, call.inputs()).mapToObj(call::input).toArray(Tensor[]::new);
    inputs[k] = p.expand(g.shape());
    boolean[] wanted = new boolean[inputs.length];
    wanted[k] = true;
    Call rows = Call.of(op, inputs, new Tensor[] {call.output(0)}, call.line()).as(wanted, false);
    Tensor own = op.pullback(rows, new Tensor[] {g})[k];
    if (own == null) {
      return none(p, n);
    }
    Tensor apart = samples(own);
    // The axes of the parameter are the last ones of what it is added to or multiplied with.
    int before = apart.rank() - p.rank();
    int[] axes =
        IntStream.range(1, apart.rank())
            .filter(i -> i < before || p.size(i - before) == 1 && apart.size(i) != 1)
            .toArray();
    Tensor sum = axes.length == 0 ? apart : apart.sum(axes, true);
    return sum.reshape(none(p, n).shape());
  }

  /** Rows by sample: [n, rows of a sample, ...]. */
  private Tensor samples(Tensor rows) {
    long[] sizes = rows.shape().toArray();
    long[] split = new long[sizes.length + 1];
    split[0] = n;
    split[1] = sizes[0] / n;
    System.arraycopy(sizes, 1, split, 2, sizes.length - 1);
    return rows.reshape(split);
  }
}

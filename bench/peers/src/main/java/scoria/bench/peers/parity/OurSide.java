package scoria.bench.peers.parity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import scoria.autodiff.grad.Gradient;
import scoria.autodiff.grad.Jvp;
import scoria.engine.memory.Scope;
import scoria.engine.op.Call;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Origin;
import scoria.engine.tensor.Tensor;

/** Computes a {@link Trial} by Scoria. */
final class OurSide {
  private final Trial trial;
  private final DType dtype;
  private final Weights weights;
  private final List<Numbers> results = new ArrayList<>();
  private final Set<String> labels = new HashSet<>();

  OurSide(Trial trial, DType dtype, Weights weights) {
    this.trial = trial;
    this.dtype = dtype;
    this.weights = weights;
  }

  /** The operations that the results were made by, as far as derivatives know them. */
  Set<String> labels() {
    return labels;
  }

  /** All results in the order of {@link TheirSide#results}. */
  List<Numbers> results(Orders orders) {
    try (Scope scope = Scope.open()) {
      List<Tensor> xs = trial.inputs().stream().map(this::leaf).toList();
      Tensor[] ys = trial.ours().apply(xs.toArray(Tensor[]::new));
      for (int i = 0; i < ys.length; i++) {
        add("value " + i, ys[i]);
        note(ys[i]);
      }
      List<Tensor> wrt = xs.stream().filter(Tensor::isTracked).toList();
      List<Tensor> floats = Arrays.stream(ys).filter(y -> y.dtype().isFloat()).toList();
      if (!wrt.isEmpty() && !floats.isEmpty()) {
        derivatives(wrt, floats, orders);
      }
    }
    return results;
  }

  private void derivatives(List<Tensor> xs, List<Tensor> ys, Orders orders) {
    List<Tensor> left = new ArrayList<>();
    for (int i = 0; i < ys.size(); i++) {
      Tensor y = ys.get(i);
      left.add(like(y, weights.left(i, (int) y.elements())).tracked());
    }
    List<Tensor> right = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      right.add(like(xs.get(i), weights.right(i, (int) xs.get(i).elements())));
    }
    List<Tensor> gradients = gradients(xs, ys, left);
    addAll("gradient", gradients);
    if (orders.hasForward()) {
      addAll("forward derivative", ys.stream().map(y -> Jvp.of(y, xs, right)).toList());
    }
    if (orders.hasProjected()) {
      Tensor sum = Tensor.scalar(0, DType.FLOAT64);
      for (int i = 0; i < ys.size(); i++) {
        Tensor moved = Jvp.of(ys.get(i), xs, right).to(DType.FLOAT64);
        sum = sum.add(moved.mul(left.get(i).detach().to(DType.FLOAT64)).sum());
      }
      add("forward derivative times a vector 0", sum);
    }
    if (orders.hasSecond()) {
      Tensor sum =
          IntStream.range(0, xs.size())
              .mapToObj(i -> gradients.get(i).mul(right.get(i)).sum())
              .reduce(Tensor::add)
              .orElseThrow();
      addAll("second derivative", Gradient.of(sum, xs));
      // Linear in the vectors from the left, so this is forward mode once more.
      addAll("derivative in the vector", Gradient.of(sum, left));
    }
  }

  private static List<Tensor> gradients(List<Tensor> xs, List<Tensor> ys, List<Tensor> left) {
    @Nullable List<Tensor> sum = null;
    for (int i = 0; i < ys.size(); i++) {
      List<Tensor> part = Gradient.differentiableVjp(ys.get(i), xs, left.get(i));
      List<Tensor> before = sum;
      sum =
          before == null
              ? part
              : IntStream.range(0, xs.size())
                  .mapToObj(k -> before.get(k).add(part.get(k)))
                  .toList();
    }
    return sum == null ? List.of() : sum;
  }

  private Tensor leaf(Input input) {
    double[] values = input.values();
    return switch (input.kind()) {
      case REAL -> of(values, input.sizes()).to(dtype).tracked();
      case INTEGER ->
          Tensor.of(Arrays.stream(values).mapToLong(v -> (long) v).toArray())
              .reshape(input.sizes());
      case TRUTH -> of(values, input.sizes()).to(DType.BOOL);
    };
  }

  private static Tensor like(Tensor x, double[] values) {
    return of(values, x.shape().toArray()).to(x.dtype());
  }

  /** No sizes are those of a scalar. */
  private static Tensor of(double[] values, long[] sizes) {
    return Tensor.of(values).reshape(sizes);
  }

  private void addAll(String what, List<Tensor> tensors) {
    for (int i = 0; i < tensors.size(); i++) {
      add(what + " " + i, tensors.get(i));
    }
  }

  private void add(String what, Tensor x) {
    results.add(new Numbers(what, !x.dtype().isFloat(), x.shape().toArray(), x.toDoubles()));
  }

  private void note(Tensor y) {
    ArrayDeque<Tensor> open = new ArrayDeque<>(List.of(y));
    Set<Call> seen = new HashSet<>();
    while (!open.isEmpty()) {
      Origin origin = open.pop().origin();
      if (origin != null && seen.add(origin.call())) {
        Call call = origin.call();
        labels.add(call.op().label());
        IntStream.range(0, call.inputs()).forEach(i -> open.push(call.source(i)));
      }
    }
  }
}

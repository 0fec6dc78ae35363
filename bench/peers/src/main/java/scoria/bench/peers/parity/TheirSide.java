package scoria.bench.peers.parity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Computes a {@link Trial} by libtorch.
 *
 * <p>Its forward mode is two reverse passes: {@code g = J^T w} is linear in {@code w}, so the
 * gradient of {@code <g, v>} in {@code w} is {@code J v}.
 */
final class TheirSide {
  private final Trial trial;
  private final ScalarType dtype;
  private final Weights weights;
  private final List<Numbers> results = new ArrayList<>();

  TheirSide(Trial trial, ScalarType dtype, Weights weights) {
    this.trial = trial;
    this.dtype = dtype;
    this.weights = weights;
  }

  /** All results: values, gradients, forward derivatives, derivatives of the gradients. */
  List<Numbers> results(Orders orders) {
    try (PointerScope scope = new PointerScope()) {
      Tensor[] xs = trial.inputs().stream().map(this::leaf).toArray(Tensor[]::new);
      Tensor[] ys = trial.theirs().apply(xs);
      addAll("value", ys);
      Tensor[] wrt = Arrays.stream(xs).filter(Tensor::requires_grad).toArray(Tensor[]::new);
      Tensor[] floats =
          Arrays.stream(ys).filter(y -> torch.is_floating_point(y)).toArray(Tensor[]::new);
      if (wrt.length > 0 && floats.length > 0) {
        derivatives(wrt, floats, orders);
      }
    }
    return results;
  }

  private void derivatives(Tensor[] xs, Tensor[] ys, Orders orders) {
    Tensor[] left = new Tensor[ys.length];
    for (int i = 0; i < ys.length; i++) {
      left[i] = like(ys[i], weights.left(i, (int) ys[i].numel())).requires_grad_(true);
    }
    Tensor[] right = new Tensor[xs.length];
    for (int i = 0; i < xs.length; i++) {
      right[i] = like(xs[i], weights.right(i, (int) xs[i].numel()));
    }
    Tensor[] gradients = gradients(ys, xs, left, orders.hasForward());
    addAll("gradient", gradients);
    if (orders.hasForward()) {
      addAll("forward derivative", gradients(gradients, left, right, true));
    }
    if (orders.hasProjected()) {
      Tensor sum = torch.zeros(new long[0], new TensorOptions(torch.kDouble()));
      for (int i = 0; i < xs.length; i++) {
        Tensor gradient = gradients[i].to(torch.kDouble());
        sum = sum.add(gradient.mul(right[i].to(torch.kDouble())).sum());
      }
      addAll("forward derivative times a vector", sum);
    }
    if (orders.hasSecond()) {
      addAll("second derivative", gradients(gradients, xs, right, true));
      addAll("derivative in the vector", gradients(gradients, left, right, true));
    }
  }

  /** The gradients of the sum of all {@code y w}; zeros where it does not depend on an x. */
  private static Tensor[] gradients(Tensor[] ys, Tensor[] xs, Tensor[] ws, boolean again) {
    TensorVector of = new TensorVector();
    TensorVector by = new TensorVector();
    for (int i = 0; i < ys.length; i++) {
      if (ys[i].requires_grad()) {
        of.push_back(ys[i]);
        by.push_back(ws[i]);
      }
    }
    Tensor[] out = new Tensor[xs.length];
    if (of.size() == 0) {
      Arrays.setAll(out, i -> torch.zeros_like(xs[i]));
      return out;
    }
    TensorVector found =
        torch.grad(of, new TensorVector(xs), by, new BoolOptional(true), again, true);
    Arrays.setAll(out, i -> found.get(i).defined() ? found.get(i) : torch.zeros_like(xs[i]));
    return out;
  }

  private Tensor leaf(Input input) {
    Tensor x = of(input.values(), input.sizes());
    return switch (input.kind()) {
      case REAL -> x.to(dtype).requires_grad_(true);
      case INTEGER -> x.to(torch.kLong());
      case TRUTH -> x.to(torch.kBool());
    };
  }

  private static Tensor like(Tensor x, double[] values) {
    return of(values, sizes(x)).to(x.scalar_type());
  }

  private static Tensor of(double[] values, long[] sizes) {
    return values.length == 0
        ? torch.zeros(sizes, new TensorOptions(torch.kDouble()))
        : Tensor.create(values).reshape(sizes);
  }

  private void addAll(String what, Tensor... tensors) {
    for (int i = 0; i < tensors.length; i++) {
      Tensor x = tensors[i];
      double[] values = new double[(int) x.numel()];
      // Zeros that are known to be zeros have no memory.
      Tensor doubles =
          x._is_zerotensor()
              ? torch.zeros(sizes(x), new TensorOptions(torch.kDouble()))
              : x.detach().to(torch.kDouble()).contiguous();
      if (values.length > 0) {
        doubles.data_ptr_double().get(values);
      }
      results.add(new Numbers(what + " " + i, !torch.is_floating_point(x), sizes(x), values));
    }
  }

  static long[] sizes(Tensor x) {
    long[] sizes = new long[(int) x.dim()];
    Arrays.setAll(sizes, x::size);
    return sizes;
  }
}

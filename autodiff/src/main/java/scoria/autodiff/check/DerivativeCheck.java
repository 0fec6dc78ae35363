package scoria.autodiff.check;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import scoria.autodiff.grad.Gradient;
import scoria.autodiff.grad.Jvp;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Origin;
import scoria.engine.tensor.Tensor;

/** Holds derivatives of three orders against finite differences, and both directions together. */
final class DerivativeCheck {
  /** How far two exact ways to one number may be apart, over the sum of absolute terms. */
  private static final double EXACT = 1e-10;

  /** Gradients in float32 against those in float64: some hundred roundings. */
  private static final double FLOAT32 = 1e-4;

  /** How many elements of an input get differences of their own. */
  private static final int ELEMENTS = 24;

  private final Subject subject;
  private final boolean thorough;
  private final double[] tolerances;
  private final Contraction f;
  private final double[] errors = {Double.NaN, Double.NaN, Double.NaN};
  private double adjoint = Double.NaN;

  /**
   * A check at a point.
   *
   * @param thorough whether first derivatives are compared element by element, and others along two
   *     directions rather than one
   * @param tolerances of the three orders
   */
  DerivativeCheck(Subject subject, boolean thorough, double... tolerances) {
    this.subject = subject;
    this.thorough = thorough;
    this.tolerances = tolerances;
    this.f = new Contraction(subject);
  }

  /** The largest error of an order, from 1; NaN where there is no derivative. */
  double error(int order) {
    return errors[order - 1];
  }

  /** The error of forward against reverse mode; NaN where there is no derivative. */
  double adjoint() {
    return adjoint;
  }

  void run() {
    if (!f.hasDerivative()) {
      return;
    }
    String step = "the origin";
    try {
      origins();
      for (int order = 1; order <= 3; order++) {
        step = "order " + order;
        order(order);
      }
      step = "forward mode";
      forwardAgainstReverse();
      step = "order 2, forward over reverse";
      second();
      step = "order 3, forward over reverse";
      third();
      step = "the gradient in other layouts";
      layouts();
      step = "the gradient in float32";
      float32();
    } catch (RuntimeException e) {
      throw subject.wrong(step, e);
    }
  }

  private void origins() {
    for (Tensor y : f.apply(f.tracked())) {
      Origin origin = y.origin();
      if (origin == null) {
        throw subject.wrong("the output forgot its origin");
      }
      if (subject.op() != null && !origin.call().op().equals(subject.op())) {
        throw subject.wrong("the output's origin is " + origin.call().op());
      }
    }
  }

  private List<Tensor> gradient(int order) {
    List<Tensor> variables = f.tracked();
    List<Tensor> gradient = Gradient.of(f.level(order, variables), variables);
    for (int k = 0; k < gradient.size(); k++) {
      if (!gradient.get(k).shape().equals(f.shapes().get(k))) {
        throw subject.wrong(
            "order "
                + order
                + ", "
                + f.variable(k)
                + ": the gradient has shape "
                + gradient.get(k).shape()
                + "; want "
                + f.shapes().get(k));
      }
    }
    return gradient;
  }

  /** The gradient of an order's number against its differences. */
  private void order(int order) {
    double[][] gradient = values(gradient(order));
    errors[order - 1] = 0;
    if (!f.isFinite()) {
      return;
    }
    for (int d = 0; d < (thorough ? 2 : 1); d++) {
      double[][] direction = f.direction(d);
      double want = f.difference(order, direction);
      double error = error(want, gradient, direction);
      if (!(error <= tolerances[order - 1])) {
        locate(order, gradient);
        throw subject.wrong(
            "order " + order + ", along a random direction",
            want,
            inner(gradient, direction),
            tolerances[order - 1] * scale(gradient, direction));
      }
      errors[order - 1] = Math.max(errors[order - 1], error);
    }
    if (order == 1 && thorough) {
      locate(order, gradient);
    }
  }

  /** Differences element by element. */
  private void locate(int order, double[][] gradient) {
    for (int k = 0; k < f.inputs(); k++) {
      int n = gradient[k].length;
      for (int i = 0; i < n; i += 1 + (n - 1) / ELEMENTS) {
        double[][] unit = f.unit(k, i);
        double want = f.difference(order, unit);
        double error = error(want, gradient, unit);
        if (!(error <= tolerances[order - 1])) {
          throw subject.wrong(
              "order "
                  + order
                  + ", "
                  + f.variable(k)
                  + ", element "
                  + Subject.element(i, f.shapes().get(k)),
              want,
              gradient[k][i],
              tolerances[order - 1] * scale(gradient, unit));
        }
        errors[order - 1] = Math.max(errors[order - 1], error);
      }
    }
  }

  private static double error(double want, double[][] gradient, double[][] direction) {
    return Math.abs(want - inner(gradient, direction)) / scale(gradient, direction);
  }

  private static double scale(double[][] gradient, double[][] direction) {
    return 1 + absolute(gradient, direction);
  }

  /** {@code <J v, w> = <v, J^T w>}. */
  private void forwardAgainstReverse() {
    List<Tensor> variables = f.tracked();
    List<Tensor> xs = variables.subList(0, f.inputs());
    List<Tensor> ws = variables.subList(f.inputs(), variables.size());
    List<Tensor> vs = f.tensors(f.direction(0)).subList(0, f.inputs());
    List<Tensor> ys = f.apply(variables);
    double forward = 0;
    double scale = 0;
    for (int k = 0; k < ys.size(); k++) {
      Tensor tangent = Jvp.of(ys.get(k), xs, vs);
      double[][] jv = values(List.of(tangent));
      double[][] w = values(List.of(ws.get(k)));
      forward += inner(jv, w);
      scale += absolute(jv, w);
    }
    double[][] back = values(gradient(1).subList(0, f.inputs()));
    double[][] v = values(vs);
    double reverse = inner(back, v);
    scale += absolute(back, v);
    adjoint = forward == reverse ? 0 : Math.abs(forward - reverse) / scale;
    if (f.isFinite() && !(adjoint <= EXACT)) {
      throw subject.wrong("forward mode, <J v, w> = <v, J^T w>", reverse, forward, EXACT * scale);
    }
  }

  /** The Hessian times a vector in three ways, and its symmetry. */
  private void second() {
    double[][] u = f.direction(0);
    double[][] v = f.direction(1);
    double[][] hu = values(gradient(2));
    List<Tensor> variables = f.tracked();
    List<Tensor> gradient = Gradient.differentiable(f.level(1, variables), variables);
    close("order 2, forward over reverse", hu, values(push(gradient, variables, u)));
    Tensor slope = Tensor.scalar(0, DType.FLOAT64);
    List<Tensor> us = f.tensors(u);
    Tensor y = f.level(1, variables);
    for (int k = 0; k < us.size(); k++) {
      slope = slope.add(Jvp.differentiable(y, variables.get(k), us.get(k)));
    }
    close("order 2, reverse over forward", hu, values(Gradient.of(slope, variables)));
    Tensor other = Contraction.inner(f.tensors(v), gradient);
    double[][] hv = values(Gradient.of(other, variables));
    double left = inner(u, hv);
    double right = inner(v, hu);
    double scale = absolute(u, hv) + absolute(v, hu);
    if (f.isFinite() && !(Math.abs(left - right) <= EXACT * scale)) {
      throw subject.wrong("order 2, <u, H v> = <v, H u>", right, left, EXACT * scale);
    }
  }

  private static List<Tensor> push(List<Tensor> ys, List<Tensor> xs, List<Tensor> vs) {
    return ys.stream().map(y -> Jvp.of(y, xs, vs)).toList();
  }

  private List<Tensor> push(List<Tensor> ys, List<Tensor> xs, double[][] direction) {
    return push(ys, xs, f.tensors(direction));
  }

  /** The derivative of the Hessian times a vector, forwards and backwards. */
  private void third() {
    List<Tensor> variables = f.tracked();
    List<Tensor> hu = Gradient.differentiable(f.level(2, variables), variables);
    close(
        "order 3, forward over reverse over reverse",
        values(gradient(3)),
        values(push(hu, variables, f.direction(1))));
  }

  private void close(String what, double[][] want, double[][] got) {
    if (!f.isFinite()) {
      return;
    }
    double largest =
        Arrays.stream(want).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
    double allowed = EXACT * (1 + largest);
    for (int k = 0; k < want.length; k++) {
      for (int i = 0; i < want[k].length; i++) {
        if (!(Math.abs(want[k][i] - got[k][i]) <= allowed)) {
          throw subject.wrong(
              what + ", " + f.variable(k) + ", element " + Subject.element(i, f.shapes().get(k)),
              want[k][i],
              got[k][i],
              allowed);
        }
      }
    }
  }

  /** Gradients and tangents of strided inputs along repeated and transposed vectors. */
  private void layouts() {
    List<Tensor> dense = f.tracked();
    List<Tensor> strided = dense.stream().map(x -> Layouts.strided(x).detach().tracked()).toList();
    same("strided", vjp(dense, dense), vjp(strided, strided));
    List<Tensor> transposed = dense.stream().map(Layouts::transposed).toList();
    same("with transposed vectors", vjp(dense, dense), vjp(dense, transposed));
    List<Tensor> repeated =
        f.shapes().stream().map(s -> Tensor.scalar(0.75, DType.FLOAT64).expand(s)).toList();
    same(
        "with repeated vectors",
        vjp(dense, repeated.stream().map(Tensor::copy).toList()),
        vjp(dense, repeated));
  }

  /** Gradients in all inputs and tangents of all outputs. */
  private List<Tensor> vjp(List<Tensor> variables, List<Tensor> vectors) {
    List<Tensor> xs = variables.subList(0, f.inputs());
    List<Tensor> vs = vectors.subList(0, f.inputs()).stream().map(Tensor::detach).toList();
    List<Tensor> ys = f.apply(variables);
    return Stream.concat(
            ys.stream()
                .flatMap(
                    y -> Gradient.vjp(y, xs, vectors.get(f.inputs() + ys.indexOf(y))).stream()),
            push(ys, xs, vs).stream())
        .toList();
  }

  private void same(String how, List<Tensor> want, List<Tensor> got) {
    for (int k = 0; k < want.size(); k++) {
      ValueCheck.bits(subject, "derivative " + k + " " + how, want.get(k), got.get(k));
    }
  }

  /** Gradients in float32 are of that type and near those in float64. */
  private void float32() {
    Tensor[] inputs = subject.tensors(DType.FLOAT32);
    List<Tensor> xs = subject.wrt().stream().map(i -> inputs[i].tracked()).toList();
    for (int i = 0; i < xs.size(); i++) {
      inputs[subject.wrt().get(i)] = xs.get(i);
    }
    Tensor[] made = subject.body().apply(inputs);
    List<Tensor> wide = f.tracked();
    List<Tensor> wideOutputs = f.apply(wide);
    for (int k = 0; k < wideOutputs.size(); k++) {
      Tensor y = made[f.outputs().get(k)];
      Tensor w = wide.get(f.inputs() + k).detach();
      double[][] want = values(Gradient.vjp(wideOutputs.get(k), wide.subList(0, f.inputs()), w));
      List<Tensor> gradient = Gradient.vjp(y, xs, w.to(y.dtype()));
      for (int i = 0; f.isFinite() && i < want.length; i++) {
        if (gradient.get(i).dtype() != DType.FLOAT32) {
          throw subject.wrong(
              f.variable(i) + " is float32 and its gradient " + gradient.get(i).dtype());
        }
        double[] got = gradient.get(i).toDoubles();
        double largest = Arrays.stream(want[i]).map(Math::abs).max().orElse(0);
        for (int e = 0; e < got.length; e++) {
          if (!(Math.abs(got[e] - want[i][e]) <= FLOAT32 * (1 + largest))) {
            throw subject.wrong(
                "float32, gradient in "
                    + f.variable(i)
                    + ", element "
                    + Subject.element(e, f.shapes().get(i)),
                want[i][e],
                got[e],
                FLOAT32 * (1 + largest));
          }
        }
      }
    }
  }

  private static double[][] values(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::toDoubles).toArray(double[][]::new);
  }

  private static double inner(double[][] a, double[][] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      for (int i = 0; i < a[k].length; i++) {
        // A direction of 0 does not ask for the gradient, which may be infinite there.
        sum += b[k][i] == 0 ? 0 : a[k][i] * b[k][i];
      }
    }
    return sum;
  }

  private static double absolute(double[][] a, double[][] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      for (int i = 0; i < a[k].length; i++) {
        sum += Math.abs(a[k][i] * b[k][i]);
      }
    }
    return sum;
  }
}

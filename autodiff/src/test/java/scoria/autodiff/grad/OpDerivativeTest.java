package scoria.autodiff.grad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import scoria.engine.exec.Execute;
import scoria.engine.op.Case;
import scoria.engine.op.Cast;
import scoria.engine.op.OpTable;
import scoria.engine.op.Reference;
import scoria.engine.op.SingleOp;
import scoria.engine.op.Where;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/**
 * Every operation's derivatives, in float64: the first and second against central differences,
 * forward mode against reverse mode.
 */
class OpDerivativeTest {
  /** Central differences of step h lose about h^2 to curvature and eps/h to rounding. */
  private static final double STEP = 1e-5;

  private static final double TOLERANCE = 2e-7;

  @TestFactory
  List<DynamicTest> derivatives() {
    List<Case> cases = OpTable.cases().stream().filter(OpDerivativeTest::differentiable).toList();
    return IntStream.range(0, cases.size())
        .mapToObj(
            i -> DynamicTest.dynamicTest(i + " " + cases.get(i).op(), () -> check(cases.get(i))))
        .toList();
  }

  private static boolean differentiable(Case c) {
    return !c.wrt().isEmpty()
        && !c.inputs().isEmpty()
        && Execute.run((SingleOp) c.op(), inputs(c)).dtype().isFloat();
  }

  private static void check(Case c) {
    Tensor[] inputs = inputs(c);
    // f(x) = <w, op(x)>: one number, with weights so that no symmetry hides a mistake.
    Function<Tensor[], Tensor> f =
        given -> {
          Tensor y = Execute.run((SingleOp) c.op(), given);
          return y.mul(weights(y, 0.3)).sum();
        };
    Tensor[] tracked = track(c, inputs);
    Tensor value = f.apply(tracked);
    if (!value.isTracked()) {
      throw new AssertionError("'" + c.op().label() + "' forgot its origin");
    }
    List<Tensor> xs = c.wrt().stream().map(i -> tracked[i]).toList();
    List<Tensor> gradients = Gradient.differentiable(value, xs);
    for (int k = 0; k < xs.size(); k++) {
      int wrt = c.wrt().get(k);
      assertTrue(gradients.get(k).shape().equals(xs.get(k).shape()), "shape of gradient " + wrt);
      compare(
          differences(inputs, wrt, f), gradients.get(k).toDoubles(), "gradient in input " + wrt);
    }
    forwardAgainstReverse(c, tracked, xs);
    second(c, inputs, f);
  }

  /** The gradient of <u, gradient> against differences of it. */
  private static void second(Case c, Tensor[] inputs, Function<Tensor[], Tensor> f) {
    Function<Tensor[], Tensor> g =
        given -> {
          Tensor[] tracked = given.clone();
          for (int i : c.wrt()) {
            tracked[i] = given[i].isTracked() ? given[i] : given[i].tracked();
          }
          List<Tensor> xs = c.wrt().stream().map(i -> tracked[i]).toList();
          List<Tensor> gradients = Gradient.differentiable(f.apply(tracked), xs);
          Tensor sum = Tensor.scalar(0, DType.FLOAT64);
          for (Tensor gradient : gradients) {
            sum = sum.add(gradient.mul(weights(gradient, 0.7)).sum());
          }
          return sum;
        };
    Tensor[] tracked = track(c, inputs);
    Tensor value = g.apply(tracked);
    if (!value.isTracked()) {
      // The gradient does not depend on the input: its differences must say so too.
      for (int wrt : c.wrt()) {
        for (double d : differences(inputs, wrt, g)) {
          assertEquals(0, d, TOLERANCE, "second derivative in input " + wrt + " is not zero");
        }
      }
      return;
    }
    List<Tensor> xs = c.wrt().stream().map(i -> tracked[i]).toList();
    List<Tensor> seconds = Gradient.of(value, xs);
    for (int k = 0; k < xs.size(); k++) {
      int wrt = c.wrt().get(k);
      compare(differences(inputs, wrt, g), seconds.get(k).toDoubles(), "second in input " + wrt);
    }
  }

  /** <J v, w> = <v, J^T w>. */
  private static void forwardAgainstReverse(Case c, Tensor[] tracked, List<Tensor> xs) {
    Tensor y = Execute.run((SingleOp) c.op(), tracked);
    Tensor w = weights(y, 0.9);
    List<Tensor> vs = xs.stream().map(x -> weights(x, 0.2)).toList();
    Tensor tangent = Jvp.of(y, xs, vs);
    assertTrue(tangent.shape().equals(y.shape()), "shape of the tangent");
    double forward = tangent.mul(w).sum().item();
    List<Tensor> back = Gradient.vjp(y, xs, w);
    double reverse = 0;
    double scale = 1;
    for (int k = 0; k < xs.size(); k++) {
      reverse += back.get(k).mul(vs.get(k)).sum().item();
      scale += back.get(k).mul(vs.get(k)).abs().sum().item();
    }
    assertEquals(forward, reverse, 1e-12 * scale, "<Jv, w> and <v, J^T w>");
  }

  private static double[] differences(Tensor[] inputs, int wrt, Function<Tensor[], Tensor> f) {
    double[] at = inputs[wrt].toDoubles();
    double[] out = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      out[i] = (shifted(inputs, wrt, i, STEP, f) - shifted(inputs, wrt, i, -STEP, f)) / (2 * STEP);
    }
    return out;
  }

  private static double shifted(
      Tensor[] inputs, int wrt, int element, double by, Function<Tensor[], Tensor> f) {
    double[] values = inputs[wrt].toDoubles();
    values[element] += by;
    Tensor[] moved = inputs.clone();
    moved[wrt] = Tensor.of(values).reshape(inputs[wrt].shape());
    return f.apply(moved).item();
  }

  private static void compare(double[] want, double[] got, String what) {
    for (int i = 0; i < want.length; i++) {
      assertEquals(
          want[i], got[i], TOLERANCE * Math.max(1, 30 * Math.abs(want[i])), what + " at " + i);
    }
  }

  private static Tensor[] track(Case c, Tensor[] inputs) {
    Tensor[] tracked = inputs.clone();
    for (int i : c.wrt()) {
      tracked[i] = inputs[i].tracked();
    }
    return tracked;
  }

  private static Tensor weights(Tensor like, double start) {
    double[] values = new double[(int) like.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.5 + (start + 0.7548776662466927 * i) % 1;
    }
    return Tensor.of(values).reshape(like.shape()).to(like.dtype());
  }

  private static Tensor[] inputs(Case c) {
    List<Tensor> inputs = new ArrayList<>();
    for (int i = 0; i < c.inputs().size(); i++) {
      Reference r = c.inputs().get(i);
      Tensor x = Tensor.of(r.values()).reshape(r.shape());
      boolean constant = !c.wrt().contains(i) && !(c.op() instanceof Cast);
      inputs.add(constant ? x.to(c.op() instanceof Where ? DType.BOOL : DType.INT64) : x);
    }
    return inputs.toArray(Tensor[]::new);
  }
}

package scoria.autodiff.check;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import scoria.engine.op.Reference;
import scoria.engine.op.Signature;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/** Holds outputs against the shape rule and the meaning, and views of inputs against dense ones. */
final class ValueCheck {
  private ValueCheck() {}

  /**
   * Shapes, types and values.
   *
   * @return the largest error
   */
  static double meaning(Subject subject, DType dtype, double tolerance) {
    Reference[] want = subject.meaning().apply(subject.rounded(dtype).toArray(Reference[]::new));
    Signature[] rule = subject.infer(dtype);
    Tensor[] got = run(subject, dtype, subject.tensors(dtype));
    if (got.length != want.length) {
      throw subject.wrong(
          "the meaning has " + want.length + " outputs and the operation made " + got.length);
    }
    double worst = 0;
    for (int k = 0; k < got.length; k++) {
      String output = dtype + ", output " + k;
      if (rule != null && !rule[k].equals(got[k].signature())) {
        throw subject.wrong(
            output + " is " + got[k].signature() + "; the shape rule says " + rule[k]);
      }
      if (!want[k].shape().equals(got[k].shape())) {
        throw subject.wrong(
            output + " has shape " + got[k].shape() + "; the meaning has " + want[k].shape());
      }
      double[] values = got[k].toDoubles();
      for (int i = 0; i < values.length; i++) {
        double w = want[k].values()[i];
        // Equal infinities have no difference.
        double error = values[i] == w ? 0 : Math.abs(values[i] - w) / (1 + Math.abs(w));
        if (!(error <= tolerance) && !(Double.isNaN(w) && Double.isNaN(values[i]))) {
          throw subject.wrong(
              output + ", element " + Subject.element(i, want[k].shape()),
              w,
              values[i],
              tolerance * (1 + Math.abs(w)));
        }
        worst = Double.isNaN(error) ? worst : Math.max(worst, error);
      }
    }
    return worst;
  }

  private static Tensor[] run(Subject subject, DType dtype, Tensor[] inputs) {
    try {
      return subject.body().apply(inputs);
    } catch (RuntimeException e) {
      throw subject.wrong(dtype.toString(), e);
    }
  }

  /** Inputs that lie in memory in other ways give the same bits. */
  static void layouts(Subject subject, DType dtype) {
    Tensor[] dense = subject.tensors(dtype);
    Tensor[] want = run(subject, dtype, dense);
    for (int i = 0; i < dense.length; i++) {
      for (Map.Entry<String, Tensor> view : Layouts.of(dense[i]).entrySet()) {
        String how = dtype + ", input " + i + " " + view.getKey();
        same(subject, how, want, outcome(subject, replaced(dense, i, view.getValue())));
      }
      for (int axis = 0; axis < dense[i].rank(); axis++) {
        if (dense[i].size(axis) > 1 && dense[i].elements() > 0) {
          Tensor repeated = Layouts.repeated(dense[i], axis);
          same(
              subject,
              dtype + ", input " + i + " expanded along axis " + axis,
              outcome(subject, replaced(dense, i, repeated.copy())),
              outcome(subject, replaced(dense, i, repeated)));
        }
      }
    }
  }

  private static Tensor[] replaced(Tensor[] inputs, int i, Tensor by) {
    Tensor[] out = inputs.clone();
    out[i] = by;
    return out;
  }

  /** The outputs, or null where the values are refused, as repeated ones may be. */
  private static Tensor @Nullable [] outcome(Subject subject, Tensor[] inputs) {
    try {
      return subject.body().apply(inputs);
    } catch (IllegalArgumentException | ArithmeticException e) {
      return null;
    }
  }

  private static void same(
      Subject subject, String how, Tensor @Nullable [] want, Tensor @Nullable [] got) {
    if (want == null || got == null) {
      if (want != got) {
        throw subject.wrong(
            how + " is " + (got == null ? "refused" : "taken") + ", a dense copy of it is not");
      }
      return;
    }
    for (int k = 0; k < want.length; k++) {
      bits(subject, how + ", output " + k, want[k], got[k]);
    }
  }

  /** Two tensors are of one shape and the same bits. */
  static void bits(Subject subject, String what, Tensor want, Tensor got) {
    if (!want.signature().equals(got.signature())) {
      throw subject.wrong(what + " is " + got.signature() + "; dense it is " + want.signature());
    }
    double[] a = want.toDoubles();
    double[] b = got.toDoubles();
    // Of NaN there is one kind here.
    int at = Arrays.mismatch(a, b);
    if (at >= 0) {
      throw subject.wrong(
          what + ", element " + Subject.element(at, want.shape()) + " has other bits than dense",
          a[at],
          b[at],
          0);
    }
  }
}

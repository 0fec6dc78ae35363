package scoria.engine.op;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Checks and steps that several operations' rules share. */
final class Rules {
  private Rules() {}

  static void floats(Signature input) {
    if (!input.dtype().isFloat()) {
      throw new IllegalArgumentException(
          "it works on float32 and float64, not on " + input.dtype() + "; convert with to(dtype)");
    }
  }

  static void sameType(Signature a, Signature b) {
    if (a.dtype() != b.dtype()) {
      throw new IllegalArgumentException(
          "types differ: "
              + a.dtype()
              + " and "
              + b.dtype()
              + "; convert one of them with to(dtype)");
    }
  }

  static void type(Signature input, DType wanted, String what) {
    if (input.dtype() != wanted) {
      throw new IllegalArgumentException(what + " must be " + wanted + ", not " + input.dtype());
    }
  }

  /** An index counted from the start of an axis. */
  static long fromStart(double index, long size) {
    return (long) (index < 0 ? index + size : index);
  }

  /** The adjoint of broadcasting: sums over the axes that were repeated. */
  static Tensor sumTo(Tensor gradient, Shape shape) {
    if (gradient.shape().equals(shape)) {
      return gradient;
    }
    int added = gradient.rank() - shape.rank();
    int[] axes =
        IntStream.range(0, gradient.rank())
            .filter(i -> i < added || (shape.size(i - added) == 1 && gradient.size(i) != 1))
            .toArray();
    Tensor sum = axes.length == 0 ? gradient : gradient.sum(axes, true);
    return sum.reshape(shape);
  }

  static @Nullable Tensor sumToIfAny(@Nullable Tensor gradient, Shape shape) {
    return gradient == null ? null : sumTo(gradient, shape);
  }

  static @Nullable Tensor add(@Nullable Tensor a, @Nullable Tensor b) {
    if (a == null) {
      return b;
    }
    return b == null ? a : a.add(b);
  }
}

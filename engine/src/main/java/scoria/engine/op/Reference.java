package scoria.engine.op;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;

/**
 * A plain array in float64: what an operation's meaning is written in. Slow and simple on purpose.
 *
 * @param shape sizes of the axes
 * @param values row-major elements; truth values are 0 and 1
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody; filled by whoever makes it.
public record Reference(Shape shape, double... values) {
  /** Checks that there are as many values as the shape holds. */
  public Reference {
    if (values.length != shape.elements()) {
      throw new IllegalArgumentException(values.length + " values for shape " + shape);
    }
  }

  /** An array of zeros. */
  public static Reference zeros(Shape shape) {
    return new Reference(shape, new double[Math.toIntExact(shape.elements())]);
  }

  /** One number. */
  public static Reference scalar(double value) {
    return new Reference(Shape.scalar(), value);
  }

  /** {@code f} of every element. */
  public Reference map(DoubleUnaryOperator f) {
    return new Reference(shape, Arrays.stream(values).map(f).toArray());
  }

  /** {@code f} of every pair of elements, with broadcasting. */
  public Reference zip(Reference other, DoubleBinaryOperator f) {
    Shape both = shape.broadcast(other.shape);
    double[] a = expand(both).values;
    double[] b = other.expand(both).values;
    double[] out = new double[a.length];
    Arrays.setAll(out, i -> f.applyAsDouble(a[i], b[i]));
    return new Reference(both, out);
  }

  /** The elements that a layout over this array's values names, in row-major order. */
  public Reference view(Layout layout) {
    Reference out = zeros(layout.shape());
    long[] index = new long[layout.shape().rank()];
    for (int i = 0; i < out.values.length; i++) {
      out.values[i] = values[(int) layout.place(index)];
      next(index, layout.shape());
    }
    return out;
  }

  /** This array repeated to a shape that it broadcasts to. */
  public Reference expand(Shape to) {
    return view(Layout.dense(shape).expand(to));
  }

  /** This array with its axes in another order. */
  public Reference permute(int... order) {
    return view(Layout.dense(shape).permute(order));
  }

  /** The same values under another shape. */
  public Reference reshape(Shape to) {
    return new Reference(to, values);
  }

  /** One element. */
  public double at(long... index) {
    return values[(int) Layout.dense(shape).place(index)];
  }

  /** Moves an index to the next element in row-major order; past the last it is all zeros again. */
  public static void next(long[] index, Shape shape) {
    for (int axis = index.length - 1; axis >= 0; axis--) {
      if (++index[axis] < shape.size(axis)) {
        return;
      }
      index[axis] = 0;
    }
  }
}

package scoria.engine.tensor;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import scoria.engine.exec.Execute;
import scoria.engine.memory.HostMemory;
import scoria.engine.memory.Memory;
import scoria.engine.op.ArgReduction;
import scoria.engine.op.Binary;
import scoria.engine.op.Cast;
import scoria.engine.op.Comparison;
import scoria.engine.op.Concat;
import scoria.engine.op.Copy;
import scoria.engine.op.Expand;
import scoria.engine.op.Fill;
import scoria.engine.op.MatMul;
import scoria.engine.op.Permute;
import scoria.engine.op.Reduction;
import scoria.engine.op.Reshape;
import scoria.engine.op.RowOp;
import scoria.engine.op.ScalarOp;
import scoria.engine.op.Signature;
import scoria.engine.op.SingleOp;
import scoria.engine.op.Slice;
import scoria.engine.op.TakeAlong;
import scoria.engine.op.Unary;
import scoria.engine.op.Where;

/**
 * An array of numbers of one type and any number of axes.
 *
 * <p>Every operation computes at once and gives a new tensor; {@link #reshape}, {@link #permute},
 * {@link #narrow}, {@link #expand} and their kin give views of the same memory. A tensor made from
 * a {@link #tracked} one remembers where it came from, so that derivatives can be taken later.
 * Operations on two tensors need equal types and broadcast shapes as NumPy does.
 *
 * <p>Thread-safe: a tensor's values change only through {@link Execute#update}, and any thread may
 * read it as long as no update of it runs. Lifetimes: {@link scoria.engine.memory.Scope}.
 */
public final class Tensor {
  private final Memory memory;
  private final Layout layout;
  private final DType dtype;
  private final boolean leaf;
  private volatile @Nullable Origin origin;

  private Tensor(Memory memory, Layout layout, DType dtype, boolean leaf, @Nullable Origin origin) {
    this.memory = memory;
    this.layout = layout;
    this.dtype = dtype;
    this.leaf = leaf;
    this.origin = origin;
  }

  // ---- Making tensors.

  /** A tensor over memory: for those who run operations. */
  public static Tensor of(Memory memory, Layout layout, DType dtype, @Nullable Origin origin) {
    return new Tensor(memory, layout, dtype, false, origin);
  }

  /** A float32 tensor of copied values, row-major; a vector where no sizes are given. */
  public static Tensor of(float[] values, long... sizes) {
    return HostCopies.of(MemorySegment.ofArray(values), values.length, DType.FLOAT32, sizes);
  }

  /** A float64 tensor of copied values, row-major; a vector where no sizes are given. */
  public static Tensor of(double[] values, long... sizes) {
    return HostCopies.of(MemorySegment.ofArray(values), values.length, DType.FLOAT64, sizes);
  }

  /** An int64 tensor of copied values, row-major; a vector where no sizes are given. */
  public static Tensor of(long[] values, long... sizes) {
    return HostCopies.of(MemorySegment.ofArray(values), values.length, DType.INT64, sizes);
  }

  /** An int32 tensor of copied values, row-major; a vector where no sizes are given. */
  public static Tensor of(int[] values, long... sizes) {
    return HostCopies.of(MemorySegment.ofArray(values), values.length, DType.INT32, sizes);
  }

  /** A uint8 tensor of copied values, row-major; a vector where no sizes are given. */
  public static Tensor of(byte[] values, long... sizes) {
    return HostCopies.of(MemorySegment.ofArray(values), values.length, DType.UINT8, sizes);
  }

  /** A bool tensor of copied values, row-major; a vector where no sizes are given. */
  public static Tensor of(boolean[] values, long... sizes) {
    return HostCopies.of(
        MemorySegment.ofArray(HostCopies.bytes(values)), values.length, DType.BOOL, sizes);
  }

  /** A scalar. */
  public static Tensor scalar(double value, DType dtype) {
    return full(value, dtype);
  }

  /**
   * A tensor over native memory of somebody else's, without copying.
   *
   * @param segment row-major elements in native byte order; it must stay alive as long as the
   *     tensor and its views are used, and be open to all threads where more than one computes
   */
  public static Tensor wrap(MemorySegment segment, DType dtype, long... sizes) {
    Shape shape = Shape.of(sizes);
    long bytes = shape.elements() * dtype.bytes();
    if (segment.byteSize() < bytes) {
      throw new IllegalArgumentException(
          "a segment of "
              + segment.byteSize()
              + " bytes holds no "
              + dtype
              + shape
              + ", which takes "
              + bytes);
    }
    return of(HostMemory.wrap(segment), Layout.dense(shape), dtype, null);
  }

  /** One number everywhere. */
  public static Tensor full(double value, DType dtype, long... sizes) {
    return Execute.run(new Fill(value, Shape.of(sizes), dtype));
  }

  /** float32 zeros. */
  public static Tensor zeros(long... sizes) {
    return full(0, DType.FLOAT32, sizes);
  }

  /** float32 ones. */
  public static Tensor ones(long... sizes) {
    return full(1, DType.FLOAT32, sizes);
  }

  /** 0, 1, ..., n - 1 as int64. */
  public static Tensor arange(long n) {
    return of(java.util.stream.LongStream.range(0, n).toArray());
  }

  /**
   * Evenly spaced numbers from {@code first} to {@code last}, both included, float64.
   *
   * @param n how many, at least 2
   */
  public static Tensor linspace(double first, double last, int n) {
    if (n < 2) {
      throw new IllegalArgumentException("linspace of " + n + " numbers; it takes at least 2");
    }
    double step = (last - first) / (n - 1);
    return of(
        IntStream.range(0, n).mapToDouble(i -> i == n - 1 ? last : first + i * step).toArray());
  }

  /** The identity matrix, [n, n]. */
  public static Tensor eye(int n, DType dtype) {
    double[] values = new double[n * n];
    for (int i = 0; i < n; i++) {
      values[i * (n + 1)] = 1;
    }
    return of(values, n, n).to(dtype);
  }

  /** Zeros of this tensor's shape and type. */
  public Tensor zerosLike() {
    return Execute.run(new Fill(0, shape(), dtype));
  }

  /** A scalar zero of this tensor's type. */
  public Tensor zeroLike() {
    return Execute.run(new Fill(0, Shape.scalar(), dtype));
  }

  /** Ones of this tensor's shape and type. */
  public Tensor onesLike() {
    return Execute.run(new Fill(1, shape(), dtype));
  }

  // ---- What a tensor is.

  /** Sizes of the axes. */
  public Shape shape() {
    return layout.shape();
  }

  /** Number of axes. */
  public int rank() {
    return layout.shape().rank();
  }

  /** Size of an axis, counted from 0, or from -1 back. */
  public long size(int axis) {
    return layout.shape().size(axis);
  }

  /** Number of elements. */
  public long elements() {
    return layout.shape().elements();
  }

  /** Type of the elements. */
  public DType dtype() {
    return dtype;
  }

  /** Where the elements lie in the memory. */
  public Layout layout() {
    return layout;
  }

  /** The memory, shared with views. */
  public Memory memory() {
    return memory;
  }

  /** Shape and type. */
  public Signature signature() {
    return new Signature(shape(), dtype);
  }

  /** What made this tensor, if that is remembered. */
  public @Nullable Origin origin() {
    return origin;
  }

  /** Whether what is made from this tensor remembers its origin. */
  public boolean isTracked() {
    return leaf || origin != null;
  }

  /**
   * The same values as the beginning of a graph: derivatives can be taken with respect to the
   * result.
   */
  public Tensor tracked() {
    if (!dtype.isFloat()) {
      throw new IllegalArgumentException(
          "only float32 and float64 tensors have derivatives, and this is " + signature());
    }
    return new Tensor(memory, layout, dtype, true, null);
  }

  /** The same values without a past: a constant to derivatives. */
  public Tensor detach() {
    return isTracked() ? new Tensor(memory, layout, dtype, false, null) : this;
  }

  /** Called by a scope that outlives the tensor's past. */
  public void forgetOrigin() {
    origin = null;
  }

  // ---- Reading values.

  /** All elements in row-major order, converted to float. */
  public float[] toFloats() {
    return HostCopies.floats(this);
  }

  /** All elements in row-major order, converted to double. */
  public double[] toDoubles() {
    return HostCopies.doubles(this);
  }

  /** All elements in row-major order, converted to long; floats are truncated towards zero. */
  public long[] toLongs() {
    return HostCopies.longs(this);
  }

  /** One element as a double; truth values are 0 and 1. */
  public double toFloat64(long... index) {
    return HostCopies.element(this, layout.place(index));
  }

  /** The element of a tensor that has only one. */
  public double item() {
    if (elements() != 1) {
      throw new IllegalArgumentException(
          "item() of " + signature() + ", which has not just one element");
    }
    return toFloat64(new long[rank()]);
  }

  /**
   * The elements without copying, dense and in native byte order. The segment is valid as long as
   * this tensor is reachable and its scope open; keep it reachable with {@link
   * java.lang.ref.Reference#reachabilityFence}. Writing to it changes the tensor unseen.
   *
   * @throws IllegalStateException if the elements are not dense; copy with {@link #contiguous}
   *     first
   */
  public MemorySegment segment() {
    if (!layout.isDense()) {
      throw new IllegalStateException(
          "the elements of " + signature() + " are not dense in memory; take contiguous() first");
    }
    return HostCopies.segment(this)
        .asSlice(layout.offset() * dtype.bytes(), elements() * dtype.bytes());
  }

  // ---- Functions of every element.

  /** Runs any operation with this tensor as its first input. */
  public Tensor apply(SingleOp op, Tensor... more) {
    Tensor[] inputs = new Tensor[more.length + 1];
    inputs[0] = this;
    System.arraycopy(more, 0, inputs, 1, more.length);
    return Execute.run(op, inputs);
  }

  /** -x. */
  public Tensor neg() {
    return Execute.run(Unary.NEG, this);
  }

  /** |x|. */
  public Tensor abs() {
    return Execute.run(Unary.ABS, this);
  }

  /** -1, 0 or 1. */
  public Tensor sign() {
    return Execute.run(Unary.SIGN, this);
  }

  /** x<sup>2</sup>. */
  public Tensor square() {
    return Execute.run(Unary.SQUARE, this);
  }

  /** Square root. */
  public Tensor sqrt() {
    return Execute.run(Unary.SQRT, this);
  }

  /** 1 / sqrt(x). */
  public Tensor rsqrt() {
    return Execute.run(Unary.RSQRT, this);
  }

  /** 1 / x. */
  public Tensor reciprocal() {
    return Execute.run(Unary.RECIPROCAL, this);
  }

  /** e<sup>x</sup>. */
  public Tensor exp() {
    return Execute.run(Unary.EXP, this);
  }

  /** e<sup>x</sup> - 1, exact near 0. */
  public Tensor expm1() {
    return Execute.run(Unary.EXPM1, this);
  }

  /** Natural logarithm. */
  public Tensor log() {
    return Execute.run(Unary.LOG, this);
  }

  /** ln(1 + x), exact near 0. */
  public Tensor log1p() {
    return Execute.run(Unary.LOG1P, this);
  }

  /** Sine, in radians. */
  public Tensor sin() {
    return Execute.run(Unary.SIN, this);
  }

  /** Cosine, in radians. */
  public Tensor cos() {
    return Execute.run(Unary.COS, this);
  }

  /** Hyperbolic tangent. */
  public Tensor tanh() {
    return Execute.run(Unary.TANH, this);
  }

  /** 1 / (1 + e<sup>-x</sup>). */
  public Tensor sigmoid() {
    return Execute.run(Unary.SIGMOID, this);
  }

  /** x sigmoid(x). */
  public Tensor silu() {
    return Execute.run(Unary.SILU, this);
  }

  /** ln(1 + e<sup>x</sup>). */
  public Tensor softplus() {
    return Execute.run(Unary.SOFTPLUS, this);
  }

  /** x/2 (1 + erf(x / sqrt 2)). */
  public Tensor gelu() {
    return Execute.run(Unary.GELU, this);
  }

  /** Error function. */
  public Tensor erf() {
    return Execute.run(Unary.ERF, this);
  }

  /** max(x, 0). */
  public Tensor relu() {
    return Execute.run(Unary.RELU, this);
  }

  /** Largest whole number not above x. */
  public Tensor floor() {
    return Execute.run(Unary.FLOOR, this);
  }

  /** Smallest whole number not below x. */
  public Tensor ceil() {
    return Execute.run(Unary.CEIL, this);
  }

  /** Nearest whole number, ties to even. */
  public Tensor rint() {
    return Execute.run(Unary.RINT, this);
  }

  // ---- Functions of pairs of elements, with broadcasting.

  /** Sum. */
  public Tensor add(Tensor other) {
    return Execute.run(Binary.ADD, this, other);
  }

  /** Difference. */
  public Tensor sub(Tensor other) {
    return Execute.run(Binary.SUB, this, other);
  }

  /** Product. */
  public Tensor mul(Tensor other) {
    return Execute.run(Binary.MUL, this, other);
  }

  /** Quotient. */
  public Tensor div(Tensor other) {
    return Execute.run(Binary.DIV, this, other);
  }

  /** The larger; NaN if either is. */
  public Tensor max(Tensor other) {
    return Execute.run(Binary.MAX, this, other);
  }

  /** The smaller; NaN if either is. */
  public Tensor min(Tensor other) {
    return Execute.run(Binary.MIN, this, other);
  }

  /** Whether equal, as bool. */
  public Tensor equal(Tensor other) {
    return Execute.run(Comparison.EQUAL, this, other);
  }

  /** Whether not equal, as bool. */
  public Tensor notEqual(Tensor other) {
    return Execute.run(Comparison.NOT_EQUAL, this, other);
  }

  /** Whether less, as bool. */
  public Tensor less(Tensor other) {
    return Execute.run(Comparison.LESS, this, other);
  }

  /** Whether less or equal, as bool. */
  public Tensor lessEqual(Tensor other) {
    return Execute.run(Comparison.LESS_EQUAL, this, other);
  }

  /** Whether greater, as bool. */
  public Tensor greater(Tensor other) {
    return Execute.run(Comparison.GREATER, this, other);
  }

  /** Whether greater or equal, as bool. */
  public Tensor greaterEqual(Tensor other) {
    return Execute.run(Comparison.GREATER_EQUAL, this, other);
  }

  /** {@code g} times a derivative; see {@link Binary#RELU_GRAD}. */
  public Tensor reluGrad(Tensor g) {
    return Execute.run(Binary.RELU_GRAD, this, g);
  }

  /** {@code g} times a derivative; see {@link Binary#ABS_GRAD}. */
  public Tensor absGrad(Tensor g) {
    return Execute.run(Binary.ABS_GRAD, this, g);
  }

  /** {@code g} times a derivative; see {@link Binary#TANH_GRAD}. */
  public Tensor tanhGrad(Tensor g) {
    return Execute.run(Binary.TANH_GRAD, this, g);
  }

  /** {@code g} times a derivative; see {@link Binary#SIGMOID_GRAD}. */
  public Tensor sigmoidGrad(Tensor g) {
    return Execute.run(Binary.SIGMOID_GRAD, this, g);
  }

  /** {@code g} times a derivative; see {@link Binary#SILU_GRAD}. */
  public Tensor siluGrad(Tensor g) {
    return Execute.run(Binary.SILU_GRAD, this, g);
  }

  /** {@code g} times a derivative; see {@link Binary#SOFTPLUS_GRAD}. */
  public Tensor softplusGrad(Tensor g) {
    return Execute.run(Binary.SOFTPLUS_GRAD, this, g);
  }

  /** {@code g} times a derivative; see {@link Binary#GELU_GRAD}. */
  public Tensor geluGrad(Tensor g) {
    return Execute.run(Binary.GELU_GRAD, this, g);
  }

  /** Sum with a number. */
  public Tensor add(double c) {
    return Execute.run(new ScalarOp(ScalarOp.Kind.ADD, c), this);
  }

  /** Difference from a number, x - c. */
  public Tensor sub(double c) {
    return add(-c);
  }

  /** Product with a number. */
  public Tensor mul(double c) {
    return Execute.run(new ScalarOp(ScalarOp.Kind.MUL, c), this);
  }

  /** Quotient by a number, computed as x (1/c). */
  public Tensor div(double c) {
    return mul(1 / c);
  }

  /** The larger of x and a number. */
  public Tensor max(double c) {
    return Execute.run(new ScalarOp(ScalarOp.Kind.MAX, c), this);
  }

  /** The smaller of x and a number. */
  public Tensor min(double c) {
    return Execute.run(new ScalarOp(ScalarOp.Kind.MIN, c), this);
  }

  /** The nearest number within bounds. */
  public Tensor clamp(double low, double high) {
    return max(low).min(high);
  }

  /** {@code a} where the condition is true, {@code b} elsewhere; with broadcasting. */
  public static Tensor where(Tensor condition, Tensor a, Tensor b) {
    return Execute.run(Where.WHERE, condition, a, b);
  }

  /** The elements as another type; see {@link Cast}. */
  public Tensor to(DType type) {
    return type == dtype ? this : Execute.run(new Cast(type), this);
  }

  // ---- Sums and their kin.

  /** Sum over axes, or over all where none are named. */
  public Tensor sum(int... axes) {
    return sum(axes, false);
  }

  /**
   * Sum over axes.
   *
   * @param axes which; none for all
   * @param keep whether the axes stay with size 1
   */
  public Tensor sum(int[] axes, boolean keep) {
    return Axes.reduce(this, Reduction.Kind.SUM, axes, keep);
  }

  /** Mean over axes, or over all where none are named. */
  public Tensor mean(int... axes) {
    return mean(axes, false);
  }

  /** Mean over axes, which stay with size 1 if {@code keep}. */
  public Tensor mean(int[] axes, boolean keep) {
    Tensor sum = sum(axes, keep);
    return sum.mul(sum.elements() / (double) elements());
  }

  /** Largest element over axes, or over all where none are named; NaN where there is one. */
  public Tensor amax(int... axes) {
    return Axes.reduce(this, Reduction.Kind.MAX, axes, false);
  }

  /** Smallest element over axes, or over all where none are named; NaN where there is one. */
  public Tensor amin(int... axes) {
    return Axes.reduce(this, Reduction.Kind.MIN, axes, false);
  }

  /**
   * Place of the largest element along an axis, int64, without the axis; the first of equal ones.
   */
  public Tensor argMax(int axis) {
    return Axes.arg(this, ArgReduction.Kind.MAX, axis);
  }

  /**
   * Place of the smallest element along an axis, int64, without the axis; the first of equal ones.
   */
  public Tensor argMin(int axis) {
    return Axes.arg(this, ArgReduction.Kind.MIN, axis);
  }

  /** e<sup>x</sup> over the sum of it along an axis. */
  public Tensor softmax(int axis) {
    return Axes.along(this, RowOp.SOFTMAX, axis);
  }

  /** Logarithm of the {@link #softmax}. */
  public Tensor logSoftmax(int axis) {
    return Axes.along(this, RowOp.LOG_SOFTMAX, axis);
  }

  /** ln of the sum of e<sup>x</sup> along an axis, without the axis. */
  public Tensor logSumExp(int axis) {
    return Axes.along(this, RowOp.LOG_SUM_EXP, axis).squeeze(axis);
  }

  // ---- Products.

  /**
   * Matrix product as NumPy's matmul: [..., m, k] by [..., k, n] to [..., m, n]; a vector on either
   * side is a row or a column that is left out of the result.
   */
  public Tensor matmul(Tensor other) {
    return Axes.matmul(this, other);
  }

  /** Matrix product with either side stored transposed; both have at least two axes. */
  public Tensor matmul(Tensor other, boolean transposeThis, boolean transposeOther) {
    return Execute.run(new MatMul(transposeThis, transposeOther), this, other);
  }

  // ---- Views and moves.

  /** The same elements under other sizes, one of which may be -1 for what is left. */
  public Tensor reshape(long... sizes) {
    return reshape(Axes.fill(shape(), sizes));
  }

  /** The same elements under another shape: a view where strides allow, else a copy. */
  public Tensor reshape(Shape to) {
    return to.equals(shape()) ? this : Execute.run(new Reshape(to), this);
  }

  /** View with the axes in another order: axis i of the result is axis {@code order[i]}. */
  public Tensor permute(int... order) {
    return Execute.run(new Permute(Arrays.stream(order).map(shape()::axis).boxed().toList()), this);
  }

  /** View with two axes exchanged. */
  public Tensor transpose(int axis, int other) {
    int[] order = IntStream.range(0, rank()).toArray();
    order[shape().axis(axis)] = shape().axis(other);
    order[shape().axis(other)] = shape().axis(axis);
    return permute(order);
  }

  /** View of a matrix with rows and columns exchanged. */
  public Tensor transpose() {
    return transpose(-2, -1);
  }

  /** View of {@code count} indices of an axis from {@code start}. */
  public Tensor narrow(int axis, long start, long count) {
    return slice(axis, start, 1, count);
  }

  /** View of every {@code step}-th index of an axis, {@code count} of them from {@code start}. */
  public Tensor slice(int axis, long start, long step, long count) {
    return Execute.run(new Slice(shape().axis(axis), start, step, count), this);
  }

  /** View of one index of an axis, without the axis; an index from -1 counts back. */
  public Tensor get(int axis, long index) {
    long at = index < 0 ? index + size(axis) : index;
    return narrow(axis, at, 1).squeeze(axis);
  }

  /** View repeated to a shape that this broadcasts to, without copying. */
  public Tensor expand(Shape to) {
    return to.equals(shape()) ? this : Execute.run(new Expand(to), this);
  }

  /** View repeated to sizes that this broadcasts to, without copying. */
  public Tensor expand(long... sizes) {
    return expand(Shape.of(sizes));
  }

  /** View with an axis of size 1 put in, before the named one; rank or -1 puts it last. */
  public Tensor unsqueeze(int axis) {
    return reshape(Axes.insert(shape(), axis));
  }

  /** View without an axis of size 1. */
  public Tensor squeeze(int axis) {
    if (size(axis) != 1) {
      throw new IllegalArgumentException(
          "axis " + axis + " of " + signature() + " cannot be squeezed: its size is not 1");
    }
    return reshape(shape().reduce(new int[] {shape().axis(axis)}, false));
  }

  /** This tensor if its elements are dense, else a dense copy. */
  public Tensor contiguous() {
    return layout.isDense() ? this : copy();
  }

  /** A dense copy. */
  public Tensor copy() {
    return Execute.run(Copy.COPY, this);
  }

  /** Tensors one after the other along an axis. */
  public static Tensor concat(int axis, Tensor... parts) {
    if (parts.length == 0) {
      throw new IllegalArgumentException("concat of no tensors; it takes at least one");
    }
    return Execute.run(new Concat(parts[0].shape().axis(axis)), parts);
  }

  /** Tensors of one shape along a new axis, put in before the named one. */
  public static Tensor stack(int axis, Tensor... parts) {
    return concat(
        axis < 0 ? parts[0].rank() + 1 + axis : axis,
        Arrays.stream(parts).map(part -> part.unsqueeze(axis)).toArray(Tensor[]::new));
  }

  /**
   * The slices along an axis that an index names.
   *
   * @param index int64 of any shape, which takes the place of the axis
   */
  public Tensor take(int axis, Tensor index) {
    return Axes.take(this, axis, index);
  }

  /** Element by element along an axis; see {@link TakeAlong}. */
  public Tensor takeAlong(int axis, Tensor index) {
    return Execute.run(new TakeAlong(shape().axis(axis)), this, index);
  }

  /** The values as NumPy prints them. */
  @Override
  public String toString() {
    return TensorFormat.format(this);
  }
}

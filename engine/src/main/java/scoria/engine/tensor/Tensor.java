package scoria.engine.tensor;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import scoria.engine.device.Device;
import scoria.engine.exec.Execute;
import scoria.engine.memory.HostMemory;
import scoria.engine.memory.Memory;
import scoria.engine.op.Concat;
import scoria.engine.op.Fill;
import scoria.engine.op.SingleOp;
import scoria.engine.op.Transfer;
import scoria.engine.op.Where;
import scoria.kernels.cpu.VectorModule;

/**
 * An array of numbers of one type and any number of axes.
 *
 * <p>Every operation computes at once, on the {@link Device} where its inputs are, and gives a new
 * tensor; {@link #reshape}, {@link #permute}, {@link #narrow}, {@link #expand} and their kin give
 * views of the same memory. A tensor made from a {@link #tracked} one remembers where it came from,
 * so that derivatives can be taken later. Operations on two tensors need equal types and broadcast
 * shapes as NumPy does.
 *
 * <p>Thread-safe: a tensor's values change only through {@link Execute#update}, and any thread may
 * read it as long as no update of it runs. Lifetimes: {@link scoria.engine.memory.Scope}.
 */
public final class Tensor
    implements Elementwise,
        Pairwise,
        Logic,
        Reductions,
        Views,
        Moves,
        Ordering,
        Indexing,
        LinearAlgebra {
  static {
    // Before the operations' own initialisers, which name kernels that do not load without it.
    VectorModule.require();
  }

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

  // ---- Making tensors: on the current device.

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
   * A tensor over native memory of somebody else's, without copying, on {@link Device#cpu}.
   *
   * @param segment row-major elements in native byte order; it must stay alive as long as the
   *     tensor and its views are used, and be open to all threads where more than one computes
   */
  public static Tensor wrap(MemorySegment segment, DType dtype, long... sizes) {
    Shape shape = Shape.of(sizes);
    long bytes = shape.bytes(dtype);
    if (segment.address() % dtype.bytes() != 0) {
      throw new IllegalArgumentException(
          "a segment at address "
              + segment.address()
              + " cannot hold "
              + dtype
              + "; it must start at a multiple of "
              + dtype.bytes());
    }
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
    if (n < 0) {
      throw new IllegalArgumentException("arange of " + n + " numbers; it takes at least 0");
    }
    return of(LongStream.range(0, n).toArray());
  }

  /**
   * Numbers from {@code start} by {@code step} as long as they have not reached {@code stop}.
   *
   * @param dtype of the result; start and step must be whole numbers where it is
   */
  public static Tensor arange(double start, double stop, double step, DType dtype) {
    double count = Math.ceil((stop - start) / step);
    boolean whole = start == Math.rint(start) && step == Math.rint(step);
    if (Double.isNaN(count) || Double.isInfinite(count) || !(dtype.isFloat() || whole)) {
      throw new IllegalArgumentException(
          "arange from "
              + start
              + " to "
              + stop
              + " by "
              + step
              + " as "
              + dtype
              + "; it takes finite numbers, a step that is not 0, and whole ones for whole types");
    }
    int n = Math.toIntExact((long) Math.max(0, count));
    return of(IntStream.range(0, n).mapToDouble(i -> start + i * step).toArray(), n).to(dtype);
  }

  /**
   * Evenly spaced numbers from {@code first} to {@code last}, both included, float64.
   *
   * @param n how many, at least 0; of one there is {@code first} alone
   */
  public static Tensor linspace(double first, double last, int n) {
    if (n < 0) {
      throw new IllegalArgumentException("linspace of " + n + " numbers; it takes at least 0");
    }
    double step = (last - first) / Math.max(1, n - 1);
    return of(
        IntStream.range(0, n)
            .mapToDouble(i -> i == n - 1 && i > 0 ? last : first + i * step)
            .toArray(),
        n);
  }

  /** The identity matrix, [n, n]. */
  public static Tensor eye(int n, DType dtype) {
    Tensor place = arange(n);
    return place.unsqueeze(1).equal(place).to(dtype);
  }

  /** Zeros of this tensor's shape and type. */
  public Tensor zerosLike() {
    return filled(0, shape());
  }

  /** A scalar zero of this tensor's type. */
  public Tensor zeroLike() {
    return filled(0, Shape.scalar());
  }

  /** Ones of this tensor's shape and type. */
  public Tensor onesLike() {
    return filled(1, shape());
  }

  /** One number everywhere, of this tensor's type and on its device. */
  public Tensor filled(double value, long... sizes) {
    return filled(value, Shape.of(sizes));
  }

  private Tensor filled(double value, Shape shape) {
    try (Device.Use use = device().use()) {
      return Execute.run(new Fill(value, shape, dtype));
    }
  }

  // ---- What a tensor is.

  @Override
  public DType dtype() {
    return dtype;
  }

  @Override
  public Layout layout() {
    return layout;
  }

  /** The memory, shared with views. */
  public Memory memory() {
    return memory;
  }

  /** Where the memory is. */
  public Device device() {
    return memory.device();
  }

  /**
   * The same values on a device: this tensor if it is there, else a dense copy, which derivatives
   * see through.
   */
  public Tensor to(Device device) {
    return device == device() ? this : Execute.run(new Transfer(device), this);
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

  /** {@link #detach}, by the name it has in formulas: derivatives of every order stop here. */
  public Tensor stopGradient() {
    return detach();
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
   *     first. Also if they are not on the host; copy with {@link #to(Device)}
   */
  public MemorySegment segment() {
    if (!layout.isDense()) {
      throw new IllegalStateException(
          "the elements of " + signature() + " are not dense in memory; take contiguous() first");
    }
    return HostCopies.segment(this)
        .asSlice(layout.offset() * dtype.bytes(), elements() * dtype.bytes());
  }

  // ---- Operations: most are in the interfaces that this class implements.

  /** Runs any operation with this tensor as its first input. */
  public Tensor apply(SingleOp op, Tensor... more) {
    Tensor[] inputs = new Tensor[more.length + 1];
    inputs[0] = this;
    System.arraycopy(more, 0, inputs, 1, more.length);
    return Execute.run(op, inputs);
  }

  /** {@code a} where the condition is true, {@code b} elsewhere; with broadcasting. */
  public static Tensor where(Tensor condition, Tensor a, Tensor b) {
    return Execute.run(Where.WHERE, condition, a, b);
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
    if (parts.length == 0) {
      throw new IllegalArgumentException("stack of no tensors; it takes at least one");
    }
    return concat(
        axis < 0 ? parts[0].rank() + 1 + axis : axis,
        Arrays.stream(parts).map(part -> part.unsqueeze(axis)).toArray(Tensor[]::new));
  }

  /** The values as NumPy prints them. */
  @Override
  public String toString() {
    return TensorFormat.format(detach().to(Device.cpu()));
  }
}

package scoria.engine.exec;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import scoria.engine.device.Device;
import scoria.engine.op.Cast;
import scoria.engine.op.Copy;
import scoria.engine.op.Op;
import scoria.engine.op.Transfer;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.ReduceF32;
import scoria.kernels.cpu.ReduceF64;

/**
 * A mode, set thread by thread, in which every result is searched for NaN and infinity, and the
 * first one stops the work with a {@link NonFiniteException}.
 *
 * <pre>{@code
 * try (Checks checks = Checks.nonFinite()) { ... }
 * }</pre>
 *
 * <p>The message names the operation, the shapes of its inputs, the first bad element, and the line
 * of the caller's code that made the tensor. It covers backward and forward derivatives too: there
 * it names the line of the call whose derivative was computed, if that call was made in this mode.
 * Updates in place are searched when they are done. A copy or another type of a value that is not
 * finite is no finding, so that such a value can be looked at.
 */
public final class Checks implements AutoCloseable {
  private static final ThreadLocal<int[]> DEPTH = ThreadLocal.withInitial(() -> new int[1]);
  private static final ThreadLocal<@Nullable String> CONTEXT = new ThreadLocal<>();
  private static final StackWalker WALKER = StackWalker.getInstance();

  private boolean closed;

  private Checks() {}

  /** Starts searching in this thread, until the result is closed. */
  public static Checks nonFinite() {
    DEPTH.get()[0]++;
    return new Checks();
  }

  /** Whether this thread searches. */
  public static boolean isOn() {
    return DEPTH.get()[0] > 0;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      DEPTH.get()[0]--;
    }
  }

  /**
   * Runs work on behalf of something else, which a message then names.
   *
   * @param context such as {@code the gradient of 'log' called at Model.java:12}
   */
  public static void within(String context, Runnable work) {
    String before = CONTEXT.get();
    CONTEXT.set(context);
    try {
      work.run();
    } finally {
      if (before == null) {
        CONTEXT.remove();
      } else {
        CONTEXT.set(before);
      }
    }
  }

  /** The line outside of Scoria's own packages that led here, or null where there is none. */
  static @Nullable String line() {
    return WALKER.walk(
        frames ->
            frames
                .filter(frame -> !isOurs(frame.getClassName()))
                .findFirst()
                .map(
                    frame ->
                        frame.getClassName()
                            + "("
                            + frame.getFileName()
                            + ":"
                            + frame.getLineNumber()
                            + ")")
                .orElse(null));
  }

  private static boolean isOurs(String className) {
    return className.startsWith("scoria.engine.")
        || className.startsWith("scoria.autodiff.")
        || className.startsWith("scoria.samplers.")
        || className.startsWith("java.");
  }

  static void search(Op op, Tensor[] inputs, Tensor output, @Nullable String line) {
    if (!output.dtype().isFloat() || op instanceof Transfer) {
      return;
    }
    Tensor host = output.detach().to(Device.cpu());
    MemorySegment values = host.segment();
    boolean wide = output.dtype() == DType.FLOAT64;
    long bad =
        wide
            ? ReduceF64.firstNonFinite(values, 0, output.elements())
            : ReduceF32.firstNonFinite(values, 0, output.elements());
    Reference.reachabilityFence(host);
    if (bad < 0) {
      return;
    }
    long[] index = index(bad, output.shape());
    if ((op instanceof Copy || op instanceof Cast)
        && !Double.isFinite(inputs[0].toFloat64(index))) {
      // It was there before: what only moves values did not make it.
      return;
    }
    double value = output.toFloat64(index);
    String given =
        inputs.length == 0
            ? "no inputs"
            : Arrays.stream(inputs)
                .map(t -> t.signature().toString())
                .collect(Collectors.joining(", "));
    String context = CONTEXT.get();
    throw new NonFiniteException(
        "'"
            + op.label()
            + "' of "
            + given
            + " made "
            + value
            + " at index "
            + Arrays.toString(index)
            + (context == null ? "" : ", in " + context)
            + (line == null ? "" : ", at " + line));
  }

  private static long[] index(long place, Shape shape) {
    long[] index = new long[shape.rank()];
    long rest = place;
    for (int i = index.length - 1; i >= 0; i--) {
      index[i] = rest % shape.size(i);
      rest /= shape.size(i);
    }
    return index;
  }
}

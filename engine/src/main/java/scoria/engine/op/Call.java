package scoria.engine.op;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Tensor;

/**
 * One run of an operation: what it was given and what it made. A call is the node of the graph that
 * derivatives walk.
 */
public final class Call {
  private static final AtomicLong CALLS = new AtomicLong();

  private final Op op;
  private final Tensor[] inputs;
  private final Tensor[] outputs;
  private final int[] versions;

  /** The version that outputs were made with: not 0 in views of what was changed before. */
  private final int made;

  private final boolean[] needs;
  private final long number;
  private final @Nullable String line;

  private Call(
      Op op,
      Tensor[] inputs,
      Tensor[] outputs,
      int[] versions,
      int made,
      boolean[] needs,
      long number,
      @Nullable String line) {
    this.op = op;
    this.inputs = inputs;
    this.outputs = outputs;
    this.versions = versions;
    this.made = made;
    this.needs = needs;
    this.number = number;
    this.line = line;
  }

  /**
   * Notes a run.
   *
   * @param outputs filled in by the caller, since an output refers to its call
   * @param line the place in the user's code, where it is known
   */
  public static Call of(Op op, Tensor[] inputs, Tensor[] outputs, @Nullable String line) {
    int[] versions = new int[inputs.length];
    boolean[] needs = new boolean[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      versions[i] = inputs[i].memory().version();
      needs[i] = inputs[i].isTracked();
    }
    int made = op instanceof ViewOp ? versions[0] : 0;
    return new Call(op, inputs, outputs, versions, made, needs, CALLS.incrementAndGet(), line);
  }

  /** How many calls were noted so far: the number of the last one. */
  public static long count() {
    return CALLS.get();
  }

  /** The operation. */
  public Op op() {
    return op;
  }

  /** Number of inputs. */
  public int inputs() {
    return inputs.length;
  }

  /** Number of outputs. */
  public int outputs() {
    return outputs.length;
  }

  /** Grows from call to call, so an input's call has a smaller number than this. */
  public long number() {
    return number;
  }

  /** The place in the user's code that made the call, if checks were on then. */
  public @Nullable String line() {
    return line;
  }

  /** An input without a check of its value: for its shape, type and origin. */
  public Tensor source(int i) {
    return inputs[i];
  }

  /**
   * An input, for its value.
   *
   * @throws IllegalStateException if it was changed in place since the call
   */
  public Tensor input(int i) {
    Tensor input = inputs[i];
    check("input", i, input, versions[i]);
    return input;
  }

  /**
   * An output, for its value.
   *
   * @throws IllegalStateException if it was changed in place since the call
   */
  public Tensor output(int i) {
    Tensor output = outputs[i];
    check("output", i, output, made);
    return output;
  }

  private void check(String what, int i, Tensor tensor, int version) {
    int now = tensor.memory().version();
    if (now != version) {
      throw new IllegalStateException(
          what
              + " "
              + i
              + " of '"
              + op.label()
              + "', "
              + tensor.signature()
              + ", was changed in place after the call (version "
              + version
              + ", now "
              + now
              + "); take the gradient before the update");
    }
  }

  /** Whether a gradient of input {@code i} is of use to anyone. */
  public boolean needs(int i) {
    return needs[i];
  }

  /**
   * The same call as a derivative is to see it.
   *
   * @param wanted what {@link #needs} is to say, one an input
   * @param forgetful whether inputs and outputs remember nothing, so that the derivative cannot be
   *     derived again
   */
  public Call as(boolean[] wanted, boolean forgetful) {
    return new Call(
        op,
        forgetful ? detach(inputs) : inputs,
        forgetful ? detach(outputs) : outputs,
        versions,
        made,
        wanted.clone(),
        number,
        line);
  }

  private static Tensor[] detach(Tensor[] tensors) {
    Tensor[] out = new Tensor[tensors.length];
    Arrays.setAll(out, i -> tensors[i].detach());
    return out;
  }
}

package scoria.engine.exec;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import scoria.engine.device.Device;
import scoria.engine.memory.Memory;
import scoria.engine.op.Call;
import scoria.engine.op.Copy;
import scoria.engine.op.CustomOp;
import scoria.engine.op.MultiOp;
import scoria.engine.op.Op;
import scoria.engine.op.Signature;
import scoria.engine.op.SingleOp;
import scoria.engine.op.Update;
import scoria.engine.op.ViewOp;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Origin;
import scoria.engine.tensor.Tensor;
import scoria.engine.tensor.Tracking;

/**
 * The one way an operation is run: shapes checked, outputs allocated, computed by the device,
 * searched for NaN if asked, and given an origin if an input is tracked.
 */
public final class Execute {
  private static final Tensor[] NONE = {};

  private Execute() {}

  /**
   * Runs an operation of one output, where its inputs are.
   *
   * @throws IllegalArgumentException if the inputs do not fit, naming the operation and all of them
   */
  public static Tensor run(SingleOp op, Tensor... inputs) {
    return all(op, inputs)[0];
  }

  /**
   * Runs an operation of one's own.
   *
   * @return its outputs
   */
  public static Tensor[] run(CustomOp op, Tensor... inputs) {
    return all(op, inputs);
  }

  /**
   * Runs an operation of several outputs.
   *
   * @return its outputs
   */
  public static Tensor[] run(MultiOp op, Tensor... inputs) {
    return all(op, inputs);
  }

  /**
   * Runs any operation but an {@link Update}.
   *
   * @return its outputs
   */
  public static Tensor[] outputs(Op op, Tensor... inputs) {
    return all(op, inputs);
  }

  private static Tensor[] all(Op op, Tensor[] inputs) {
    Signature[] results = infer(op, inputs);
    Device device = Placement.of(op, inputs);
    boolean tracked = false;
    for (Tensor input : inputs) {
      tracked |= input.isTracked();
    }
    tracked = tracked && Tracking.isOn();
    Tensor[] outputs = new Tensor[results.length];
    String line = Checks.isOn() ? Checks.line() : null;
    Call call = tracked ? Call.of(op, inputs, outputs, line) : null;
    if (op instanceof ViewOp view) {
      outputs[0] = view(view, inputs[0], results[0], call);
      return outputs;
    }
    // Views of inputs need not be dense, but must fit the operation.
    Tensor[] given = inputs;
    for (int i = 0; i < inputs.length; i++) {
      if (!op.accepts(i, inputs[i].layout())) {
        given = given == inputs ? inputs.clone() : given;
        given[i] = run(Copy.COPY, inputs[i].detach());
      }
    }
    Recording recording = Recording.current();
    for (int i = 0; i < results.length; i++) {
      Signature result = results[i];
      long bytes = result.shape().bytes(result.dtype());
      Memory memory =
          recording == null
              ? device.allocate(bytes, op.label())
              : recording.memory(device, bytes, op.label());
      outputs[i] =
          Tensor.of(memory, Layout.dense(result.shape()), result.dtype(), origin(call, result, i));
    }
    if (recording != null) {
      recording.add(op, given, outputs);
      return outputs;
    }
    compute(device, op, given, outputs);
    if (Checks.isOn()) {
      for (Tensor output : outputs) {
        Checks.search(op, inputs, output, line);
      }
    }
    return outputs;
  }

  private static Tensor view(ViewOp op, Tensor input, Signature result, @Nullable Call call) {
    Tensor from = input;
    Layout layout = op.view(from.layout());
    if (layout == null) {
      from = run(Copy.COPY, input.detach());
      layout = op.view(from.layout());
    }
    if (layout == null) {
      throw new IllegalStateException("'" + op.label() + "' has no view of a dense tensor");
    }
    return Tensor.of(from.memory(), layout, result.dtype(), origin(call, result, 0));
  }

  private static @Nullable Origin origin(@Nullable Call call, Signature result, int output) {
    return call == null || !result.dtype().isFloat() ? null : new Origin(call, output);
  }

  /**
   * Changes tensors in place.
   *
   * @param op the change
   * @param inputs what it reads
   * @param outputs what it changes: dense, and none of them tracked but by {@link Tensor#tracked}
   */
  public static void update(Update op, List<Tensor> inputs, List<Tensor> outputs) {
    Tensor[] given = inputs.toArray(NONE);
    Tensor[] changed = outputs.toArray(NONE);
    try {
      op.check(signatures(given), signatures(changed));
      for (Tensor output : changed) {
        if (!output.layout().isDense() || output.origin() != null) {
          throw new IllegalArgumentException(
              "only dense tensors that no operation made change in place, and one has "
                  + (output.origin() == null ? "layout " + output.layout() : "an origin"));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + op.label() + "': " + e.getMessage(), e);
    }
    Device device = Placement.of(op, given, changed);
    for (int i = 0; i < given.length; i++) {
      if (!op.accepts(i, given[i].layout()) || overlaps(given[i], changed)) {
        given[i] = run(Copy.COPY, given[i].detach());
      }
    }
    // First, since what is interrupted may have changed a part.
    for (Tensor output : changed) {
      output.memory().changed();
    }
    Recording recording = Recording.current();
    if (recording != null) {
      recording.update(op, given, changed);
      return;
    }
    compute(device, op, given, changed);
    if (Checks.isOn()) {
      String line = Checks.line();
      for (Tensor output : changed) {
        Checks.search(op, given, output, line);
      }
    }
  }

  /** Whether an input shares memory with an output, but not element for element. */
  private static boolean overlaps(Tensor input, Tensor[] outputs) {
    for (Tensor output : outputs) {
      if (input.memory() == output.memory()
          && (input.layout().offset() != output.layout().offset() || !input.layout().isDense())) {
        return true;
      }
    }
    return false;
  }

  static void compute(Device device, Op op, Tensor[] inputs, Tensor[] outputs) {
    try {
      device.run(op, inputs, outputs);
    } catch (IndexOutOfBoundsException e) {
      // Indices are values, so only the device can tell that one is wrong.
      IndexOutOfBoundsException named =
          new IndexOutOfBoundsException(
              "'" + op.caller() + "' of " + given(inputs) + ": " + e.getMessage());
      named.initCause(e);
      throw named;
    } finally {
      // The kernels work on raw addresses: without this the collector may hand a block to somebody
      // else while a loop still runs over it.
      for (Tensor input : inputs) {
        Reference.reachabilityFence(input.memory());
      }
      for (Tensor output : outputs) {
        Reference.reachabilityFence(output.memory());
      }
    }
  }

  private static Signature[] infer(Op op, Tensor[] inputs) {
    Signature[] signatures = signatures(inputs);
    try {
      return op.infer(signatures);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + op.caller() + "' of " + given(inputs) + ": " + e.getMessage(), e);
    }
  }

  private static String given(Tensor[] inputs) {
    return Arrays.stream(inputs)
        .map(input -> input.signature().toString())
        .collect(Collectors.joining(", "));
  }

  private static Signature[] signatures(Tensor[] tensors) {
    Signature[] out = new Signature[tensors.length];
    for (int i = 0; i < out.length; i++) {
      tensors[i].memory().check();
      out[i] = tensors[i].signature();
    }
    return out;
  }
}

package scoria.engine.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.device.Schedule.Task;
import scoria.engine.memory.Memory;
import scoria.engine.memory.RecordedMemory;
import scoria.engine.op.Op;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Tensor;

/** What a thread has run since it began to record. */
public final class Recording {
  private static final ThreadLocal<@Nullable Recording> CURRENT = new ThreadLocal<>();

  final List<Task> tasks = new ArrayList<>();
  final List<FeedSlot> feeds = new ArrayList<>();

  private Recording() {}

  /** The recording of this thread, or null. */
  static @Nullable Recording current() {
    return CURRENT.get();
  }

  /** Whether this thread records: operations are noted, and values are not to be had. */
  public static boolean isOn() {
    return CURRENT.get() != null;
  }

  /** Records what the body runs in this thread. */
  static Recording of(Runnable body) {
    Recording recording = new Recording();
    CURRENT.set(recording);
    try {
      body.run();
    } finally {
      CURRENT.remove();
    }
    return recording;
  }

  Memory memory(long bytes, String maker) {
    return new RecordedMemory(bytes, maker);
  }

  void add(Op op, Tensor[] inputs, Tensor[] outputs) {
    tasks.add(new Task(op, detached(inputs), detached(outputs)));
  }

  void update(Op op, Tensor[] inputs, Tensor[] outputs) {
    for (Tensor output : outputs) {
      if (output.memory() instanceof RecordedMemory) {
        throw new IllegalStateException(
            "'"
                + op.label()
                + "' changes a tensor that the program itself makes; what a program changes in"
                + " place is made before it is recorded");
      }
    }
    add(op, inputs, outputs);
  }

  /** The operands without their past, which would keep the whole graph alive. */
  private static List<Tensor> detached(Tensor[] tensors) {
    List<Tensor> out = new ArrayList<>(tensors.length);
    for (Tensor t : tensors) {
      out.add(Tensor.of(t.memory(), t.layout(), t.dtype(), null));
    }
    return out;
  }

  /** A dense tensor that is given anew for every run. */
  static Tensor placeholder(Tensor like) {
    return Tensor.of(
        new RecordedMemory(like.shape().bytes(like.dtype()), "input"),
        Layout.dense(like.shape()),
        like.dtype(),
        null);
  }
}

package scoria.engine.exec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.device.Device;
import scoria.engine.device.Schedule.Task;
import scoria.engine.memory.Memory;
import scoria.engine.memory.RecordedMemory;
import scoria.engine.op.Op;
import scoria.engine.op.Transfer;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Tensor;

/** What a thread has run since it began to record. */
public final class Recording {
  private static final ThreadLocal<@Nullable Recording> CURRENT = new ThreadLocal<>();

  final List<Task> tasks = new ArrayList<>();
  final List<FeedBlock> feedBlocks = new ArrayList<>();

  private Recording() {}

  /** The recording of this thread, or null. */
  static @Nullable Recording current() {
    return CURRENT.get();
  }

  /** Whether this thread records: operations are noted, and values are not to be had. */
  public static boolean isOn() {
    return CURRENT.get() != null;
  }

  /**
   * What a function runs, in order and without its values: for documents and tests. Views compute
   * nothing and are not among it.
   */
  public static List<Task> trace(Runnable body) {
    return List.copyOf(of(body).tasks);
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

  Tensor feed(long[] values, Feed.Longs filler) {
    return feedBlock(values.length).add(values, filler);
  }

  Tensor feed(DType dtype, double[] values, Feed.Doubles filler) {
    return feedBlock(values.length).add(dtype, values, filler);
  }

  /** A block with room for some numbers. */
  private FeedBlock feedBlock(long numbers) {
    Device device = Device.current();
    long bytes = numbers * Long.BYTES;
    if (feedBlocks.isEmpty() || !feedBlocks.getLast().hasRoom(device, bytes)) {
      feedBlocks.add(new FeedBlock(device, bytes));
    }
    return feedBlocks.getLast();
  }

  Memory memory(Device device, long bytes, String maker) {
    return new RecordedMemory(device, bytes, maker);
  }

  void add(Op op, Tensor[] inputs, Tensor[] outputs) {
    if (op instanceof Transfer) {
      throw new IllegalStateException(
          "a tensor was moved to another device while a program is recorded, and a program runs on"
              + " one; move tensors before");
    }
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
        new RecordedMemory(like.device(), like.shape().bytes(like.dtype()), "input"),
        Layout.dense(like.shape()),
        like.dtype(),
        null);
  }
}

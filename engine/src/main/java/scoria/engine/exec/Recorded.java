package scoria.engine.exec;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import scoria.engine.device.Device;
import scoria.engine.device.Replay;
import scoria.engine.device.Schedule;
import scoria.engine.device.Schedule.Task;
import scoria.engine.memory.Memory;
import scoria.engine.memory.RecordedMemory;
import scoria.engine.op.Signature;
import scoria.engine.op.Update;
import scoria.engine.tensor.Tensor;

/** A program recorded for inputs of given shapes and types. */
final class Recorded {
  private final Signature[] signatures;
  private final Replay replay;
  private final FeedSlot[] feeds;

  /** Memory from outside. */
  private final Memory[] captured;

  /** What a run changes: by updates, and the results. */
  private final Memory[] changed;

  private final List<Tensor> outputs;

  private Recorded(
      Signature[] signatures,
      Replay replay,
      FeedSlot[] feeds,
      Memory[] captured,
      Memory[] changed,
      List<Tensor> outputs) {
    this.signatures = signatures;
    this.replay = replay;
    this.feeds = feeds;
    this.captured = captured;
    this.changed = changed;
    this.outputs = outputs;
  }

  static Recorded of(Program.Body body, Tensor[] inputs) {
    List<Tensor> stand = Arrays.stream(inputs).map(Recording::placeholder).toList();
    List<Tensor> results = new ArrayList<>();
    Recording recording = Recording.of(() -> results.addAll(body.run(stand)));
    Schedule schedule =
        Simplify.schedule(
            new Schedule(stand, recording.tasks, results.stream().map(Tensor::detach).toList()));
    Replay replay = Device.cpu().compile(schedule);
    Set<Memory> captured = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Memory> changed = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Task task : schedule.tasks()) {
      task.inputs().forEach(t -> capture(t, captured));
      task.outputs().forEach(t -> capture(t, captured));
      if (task.op() instanceof Update) {
        task.outputs().forEach(t -> changed.add(t.memory()));
      }
    }
    List<Tensor> outputs = new ArrayList<>();
    for (int i = 0; i < schedule.outputs().size(); i++) {
      Tensor output = replay.outputs().get(i);
      outputs.add(output);
      if (schedule.outputs().get(i).memory() instanceof RecordedMemory) {
        changed.add(output.memory());
      }
    }
    Signature[] signatures = Arrays.stream(inputs).map(Tensor::signature).toArray(Signature[]::new);
    return new Recorded(
        signatures,
        replay,
        recording.feeds.toArray(FeedSlot[]::new),
        captured.toArray(Memory[]::new),
        changed.toArray(Memory[]::new),
        List.copyOf(outputs));
  }

  private static void capture(Tensor tensor, Set<Memory> captured) {
    if (!(tensor.memory() instanceof RecordedMemory)) {
      captured.add(tensor.memory());
    }
  }

  boolean fits(Tensor[] inputs) {
    if (inputs.length != signatures.length) {
      return false;
    }
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i].dtype() != signatures[i].dtype()
          || !inputs[i].shape().equals(signatures[i].shape())) {
        return false;
      }
    }
    return true;
  }

  List<Tensor> run(Tensor[] inputs) {
    for (Memory memory : captured) {
      memory.check();
    }
    for (Tensor input : inputs) {
      input.memory().check();
    }
    for (int i = 0; i < inputs.length; i++) {
      replay.set(i, inputs[i]);
    }
    for (FeedSlot feed : feeds) {
      feed.fill();
    }
    // First, since what is interrupted may have changed a part.
    for (Memory memory : changed) {
      memory.changed();
    }
    try {
      replay.run();
    } finally {
      Reference.reachabilityFence(this);
      Reference.reachabilityFence(inputs);
    }
    return outputs;
  }
}

package scoria.engine.exec;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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
  private final Device[] devices;
  private final Replay replay;
  private final FeedBlock[] feeds;

  /** Memory from outside. */
  private final Memory[] captured;

  /** What a run changes: by updates, and the results. */
  private final Memory[] changed;

  private final List<Tensor> outputs;

  private Recorded(
      Signature[] signatures,
      Device[] devices,
      Replay replay,
      FeedBlock[] feeds,
      Memory[] captured,
      Memory[] changed,
      List<Tensor> outputs) {
    this.signatures = signatures;
    this.devices = devices;
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
    Replay replay = device(schedule).compile(schedule);
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
        Arrays.stream(inputs).map(Tensor::device).toArray(Device[]::new),
        replay,
        recording.feedBlocks.toArray(FeedBlock[]::new),
        captured.toArray(Memory[]::new),
        changed.toArray(Memory[]::new),
        List.copyOf(outputs));
  }

  private static void capture(Tensor tensor, Set<Memory> captured) {
    if (!(tensor.memory() instanceof RecordedMemory)) {
      captured.add(tensor.memory());
    }
  }

  /**
   * Where a program runs.
   *
   * @throws IllegalArgumentException if that is not one device
   */
  private static Device device(Schedule schedule) {
    Stream<Tensor> tensors =
        Stream.of(
                schedule.tasks().stream().flatMap(task -> task.outputs().stream()),
                schedule.inputs().stream(),
                schedule.outputs().stream())
            .flatMap(stream -> stream);
    List<Device> devices = tensors.map(Tensor::device).distinct().toList();
    if (devices.size() > 1) {
      throw new IllegalArgumentException(
          "a program works on "
              + devices.get(0).name()
              + " and on "
              + devices.get(1).name()
              + "; inputs and all that it makes must be on one device");
    }
    return devices.isEmpty() ? Device.current() : devices.get(0);
  }

  boolean fits(Tensor[] inputs) {
    if (inputs.length != signatures.length) {
      return false;
    }
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i].dtype() != signatures[i].dtype()
          || inputs[i].device() != devices[i]
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
    for (FeedBlock feed : feeds) {
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

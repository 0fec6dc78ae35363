package scoria.autodiff.onnx;

import java.util.ArrayList;
import java.util.List;
import scoria.engine.tensor.Tensor;

/** Graphs inside of nodes: branches and loops. */
final class ControlOperators {
  private ControlOperators() {}

  static void addTo(Operators table) {
    table.many(
        "If", call -> call.run(call.in(0).item() != 0 ? "then_branch" : "else_branch", List.of()));
    table.many("Loop", ControlOperators::loop);
    table.many("Scan", ControlOperators::scan);
  }

  /** The body takes the turn's number, the condition and the state, and gives all but the first. */
  private static List<Tensor> loop(NodeCall call) {
    long turns = call.whole(0, Long.MAX_VALUE);
    boolean goOn = call.number(1, 1) != 0;
    List<Tensor> state = List.of(call.from(2));
    List<List<Tensor>> kept = new ArrayList<>();
    for (long i = 0; i < turns && goOn; i++) {
      List<Tensor> arguments = new ArrayList<>();
      arguments.add(MakingOperators.whole(i));
      arguments.add(Tensor.of(new boolean[] {goOn}).reshape());
      arguments.addAll(state);
      List<Tensor> results = call.run("body", arguments);
      goOn = results.getFirst().item() != 0;
      state = results.subList(1, 1 + state.size());
      kept.add(results.subList(1 + state.size(), results.size()));
    }
    return withStacked(state, kept);
  }

  /** Version 8 takes lengths first, and everything has an axis of batches before that of time. */
  private static List<Tensor> scan(NodeCall call) {
    int scanned = (int) call.integer("num_scan_inputs", 0);
    if (call.opset() >= 9) {
      return scan(call, List.of(call.from(0)), scanned);
    }
    Tensor[] all = call.from(1);
    List<List<Tensor>> batches = new ArrayList<>();
    for (long b = 0; b < all[0].size(0); b++) {
      List<Tensor> inputs = new ArrayList<>();
      for (Tensor x : all) {
        inputs.add(x.get(0, b));
      }
      batches.add(scan(call, inputs, scanned));
    }
    return withStacked(List.of(), batches);
  }

  private static List<Tensor> scan(NodeCall call, List<Tensor> inputs, int scanned) {
    int states = inputs.size() - scanned;
    List<Tensor> state = inputs.subList(0, states);
    List<List<Tensor>> kept = new ArrayList<>();
    for (long t = 0; t < inputs.get(states).size(0); t++) {
      List<Tensor> arguments = new ArrayList<>(state);
      for (Tensor x : inputs.subList(states, inputs.size())) {
        arguments.add(x.get(0, t));
      }
      List<Tensor> results = call.run("body", arguments);
      state = results.subList(0, states);
      kept.add(results.subList(states, results.size()));
    }
    return withStacked(state, kept);
  }

  /** Some tensors, and after them those of all turns along a new first axis. */
  private static List<Tensor> withStacked(List<Tensor> first, List<List<Tensor>> turns) {
    List<Tensor> out = new ArrayList<>(first);
    for (int i = 0; !turns.isEmpty() && i < turns.getFirst().size(); i++) {
      int which = i;
      out.add(Tensor.stack(0, turns.stream().map(t -> t.get(which)).toArray(Tensor[]::new)));
    }
    return out;
  }
}

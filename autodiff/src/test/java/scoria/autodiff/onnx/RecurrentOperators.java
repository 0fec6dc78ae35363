package scoria.autodiff.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.function.Recurrent;
import scoria.engine.tensor.Tensor;

/**
 * Recurrent networks over whole sequences, [time, batch, in], or with {@code layout} 1 [batch,
 * time, in]. Weights and states have a first axis of directions.
 */
final class RecurrentOperators {
  private RecurrentOperators() {}

  static void addTo(Operators table) {
    table.many("RNN", call -> sequence(call, 1, RecurrentOperators::rnn));
    table.many("GRU", call -> sequence(call, 3, RecurrentOperators::gru));
    table.many("LSTM", call -> sequence(call, 4, RecurrentOperators::lstm));
  }

  /** What a direction is made of: weights [gates hidden, ...], bias [2 gates hidden]. */
  private record Weights(Tensor input, Tensor recurrent, Tensor bias, @Nullable Tensor peepholes) {
    long hidden() {
      return recurrent.size(1);
    }

    /** The bias of the input, or of the state. */
    Tensor half(int which) {
      return bias.narrow(0, which * bias.size(0) / 2, bias.size(0) / 2);
    }
  }

  /** One step in time: the new state, of one tensor or two, from the old one. */
  private interface Step {
    List<Tensor> next(NodeCall call, Tensor x, List<Tensor> state, Weights weights);
  }

  private static List<Tensor> rnn(NodeCall call, Tensor x, List<Tensor> state, Weights w) {
    Tensor bias = w.half(0).add(w.half(1));
    return List.of(Recurrent.rnnCell(x, state.getFirst(), w.input, w.recurrent, bias));
  }

  /** ONNX's gates are z, r, n. */
  private static List<Tensor> gru(NodeCall call, Tensor x, List<Tensor> state, Weights w) {
    return List.of(
        Recurrent.gruCell(
            x,
            state.getFirst(),
            gates(w.input, 1, 0, 2),
            gates(w.recurrent, 1, 0, 2),
            gates(w.half(0), 1, 0, 2),
            gates(w.half(1), 1, 0, 2),
            call.flag("linear_before_reset")));
  }

  /** ONNX's gates are i, o, f, g, and its peepholes those of i, o, f. */
  private static List<Tensor> lstm(NodeCall call, Tensor x, List<Tensor> state, Weights w) {
    Tensor peepholes = w.peepholes;
    Recurrent.LstmState next =
        Recurrent.lstmCell(
            x,
            new Recurrent.LstmState(state.getFirst(), state.getLast()),
            gates(w.input, 0, 2, 3, 1),
            gates(w.recurrent, 0, 2, 3, 1),
            gates(w.half(0).add(w.half(1)), 0, 2, 3, 1),
            peepholes == null ? null : gates(peepholes, 0, 2, 1));
    return List.of(next.hidden(), next.cell());
  }

  private static Tensor gates(Tensor all, int... order) {
    long n = all.size(0) / order.length;
    Tensor[] parts = new Tensor[order.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = all.narrow(0, order[i] * n, n);
    }
    return Tensor.concat(0, parts);
  }

  private static List<Tensor> sequence(NodeCall call, int gates, Step step) {
    boolean batchFirst = call.flag("layout");
    Tensor x = batchFirst ? call.in(0).transpose(0, 1) : call.in(0);
    String direction = call.text("direction", "forward");
    List<Tensor> outputs = new ArrayList<>();
    List<List<Tensor>> last = new ArrayList<>();
    for (int d = 0; d < call.in(1).size(0); d++) {
      Weights weights = weights(call, d, gates);
      List<Tensor> state = new ArrayList<>();
      state.add(initial(call, 5, d, x, weights, batchFirst));
      if (gates == 4) {
        state.add(initial(call, 6, d, x, weights, batchFirst));
      }
      boolean backward = direction.equals("reverse") || d == 1;
      List<Tensor> steps = new ArrayList<>();
      for (long t = 0; t < x.size(0); t++) {
        state = step.next(call, x.get(0, backward ? x.size(0) - 1 - t : t), state, weights);
        steps.add(state.getFirst());
      }
      if (backward) {
        Collections.reverse(steps);
      }
      outputs.add(Tensor.stack(0, steps.toArray(Tensor[]::new)));
      last.add(state);
    }
    Tensor all = Tensor.stack(1, outputs.toArray(Tensor[]::new));
    List<Tensor> results = new ArrayList<>();
    results.add(batchFirst ? all.permute(2, 0, 1, 3) : all);
    for (int i = 0; i < last.getFirst().size(); i++) {
      int which = i;
      Tensor state = Tensor.stack(0, last.stream().map(s -> s.get(which)).toArray(Tensor[]::new));
      results.add(batchFirst ? state.transpose(0, 1) : state);
    }
    return results;
  }

  private static Weights weights(NodeCall call, int direction, int gates) {
    Tensor recurrent = call.in(2).get(0, direction);
    Tensor bias =
        call.has(3)
            ? call.in(3).get(0, direction)
            : Tensor.full(0, recurrent.dtype(), 2L * gates * recurrent.size(1));
    Tensor peepholes = call.has(7) ? call.in(7).get(0, direction) : null;
    return new Weights(call.in(1).get(0, direction), recurrent, bias, peepholes);
  }

  private static Tensor initial(
      NodeCall call, int input, int direction, Tensor x, Weights weights, boolean batchFirst) {
    Tensor given = call.optional(input);
    return given == null
        ? Tensor.full(0, x.dtype(), x.size(1), weights.hidden())
        : given.get(batchFirst ? 1 : 0, direction);
  }
}

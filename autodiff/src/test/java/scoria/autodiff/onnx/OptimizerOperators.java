package scoria.autodiff.onnx;

import java.util.List;
import scoria.engine.tensor.Tensor;

/**
 * Steps of optimisers: a rate, the step's number, then all parameters, all their gradients, and all
 * that is remembered of each.
 */
final class OptimizerOperators {
  private OptimizerOperators() {}

  private record Stepped(Tensor parameter, Tensor memory) {}

  private interface Step {
    Stepped of(NodeCall call, Tensor x, Tensor g, Tensor memory);
  }

  static void addTo(Operators table) {
    optimizer(table, "Momentum", OptimizerOperators::momentum);
    optimizer(table, "Adagrad", OptimizerOperators::adagrad);
  }

  private static void optimizer(Operators table, String name, Step step) {
    table.many(
        name,
        call -> {
          Tensor[] all = call.from(2);
          int count = all.length / 3;
          Tensor[] out = new Tensor[2 * count];
          for (int i = 0; i < count; i++) {
            Tensor x = all[i];
            Tensor g = x.mul(call.real("norm_coefficient", 0)).add(all[count + i]);
            Stepped next = step.of(call, x, g, all[2 * count + i]);
            out[i] = next.parameter;
            out[count + i] = next.memory;
          }
          return List.of(out);
        });
  }

  private static double rate(NodeCall call) {
    return call.in(0).item();
  }

  private static double turn(NodeCall call) {
    return call.in(1).item();
  }

  private static Stepped momentum(NodeCall call, Tensor x, Tensor g, Tensor memory) {
    double alpha = call.real("alpha", 0);
    double beta = turn(call) > 0 ? call.real("beta", 0) : 1;
    Tensor v = memory.mul(alpha).add(g.mul(beta));
    Tensor step = call.text("mode", "standard").equals("nesterov") ? g.add(v.mul(alpha)) : v;
    return new Stepped(x.sub(step.mul(rate(call))), v);
  }

  private static Stepped adagrad(NodeCall call, Tensor x, Tensor g, Tensor memory) {
    double rate = rate(call) / (1 + turn(call) * call.real("decay_factor", 0));
    Tensor h = memory.add(g.square());
    Tensor step = g.mul(rate).div(h.sqrt().add(call.real("epsilon", 0)));
    return new Stepped(x.sub(step), h);
  }
}

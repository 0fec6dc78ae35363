package scoria.bench.micro;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import scoria.autodiff.grad.Divergence;
import scoria.autodiff.grad.Gradient;
import scoria.autodiff.grad.Hvp;
import scoria.autodiff.grad.Probe;
import scoria.autodiff.nn.Activation;
import scoria.autodiff.nn.Mlp;
import scoria.autodiff.nn.Parameters;
import scoria.autodiff.nn.Sequential;
import scoria.engine.device.Device;
import scoria.engine.exec.Program;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * What derivatives cost in units of simpler ones: recorded programs on 512 points of the plane,
 * with a network 2-128-128-128-2 of SiLU, float32.
 *
 * <p>What is divided by what is measured in one process, in turn, and the least of many times is
 * taken of each: a ratio of numbers taken minutes apart would be one of two states of the machine.
 */
public final class Derivatives {
  /** The benchmark's name. */
  public static final String NAME = "derivatives";

  private static final int BATCH = 512;

  /** Runs of one program before the next one's turn. */
  private static final int TURN = 4;

  /** A time that has become smaller by less than this factor has not changed. */
  private static final double NOTED = 0.98;

  /** How many times longer than asked for it may take at most. */
  private static final int MOST = 4;

  /**
   * A cost.
   *
   * @param name what is measured, and in units of what
   * @param threads that computed
   * @param ratio the cost
   * @param must what it may be at most
   * @param micros least time of a run, in microseconds
   */
  public record Cost(String name, int threads, double ratio, double must, double micros) {}

  private final Map<String, Program> programs = new LinkedHashMap<>();
  private final Map<String, Double> best = new LinkedHashMap<>();
  private final Sequential net = Mlp.of(Rng.of(1), Activation.SILU, 2, 128, 128, 128, 2);
  private final Tensor target = Rng.of(2).normal(BATCH, 2);

  private Derivatives() {}

  /** What can be measured, in words. */
  public static String what() {
    return "Hessian times vector in gradients, divergences in forward passes";
  }

  /**
   * Measures.
   *
   * @param quick for a fifth of the time
   */
  public static List<Cost> measure(int threads, boolean quick) {
    Device.cpu().threads(threads);
    return new Derivatives().run(threads, quick ? 5 : 20);
  }

  private Tensor loss(Tensor x) {
    return net.forward(x).sub(target).square().sum(1).mean();
  }

  private List<Cost> run(int threads, int seconds) {
    Parameters p = net.parameters();
    Parameters u = p.map(t -> Rng.of(t.elements()).normal(t.shape().toArray()));
    Tensor direction = Rng.of(3).normal(BATCH, 2);
    record("forward", x -> List.of(net.forward(x).detach()));
    record("gradient in inputs", x -> List.of(Gradient.at(this::loss, x)));
    record("gradient in parameters", x -> Gradient.of(loss(x), p).tensors());
    record("Hvp in inputs", x -> List.of(Hvp.at(this::loss, x, direction)));
    record("Hvp in parameters", x -> Hvp.of(loss(x), p, u).tensors());
    int[] counts = {1, 4, 16};
    for (int k : counts) {
      divergence("Hutchinson, " + k, Divergence.hutchinson(Probe.RADEMACHER, k));
    }
    divergence("exact divergence", Divergence.exact());
    time(seconds * 1_000_000_000L);

    List<Cost> costs = new ArrayList<>();
    for (String where : new String[] {"inputs", "parameters"}) {
      String unit = "gradient in " + where;
      String name = "Hvp in " + where;
      costs.add(cost(name + ", in gradients", threads, name, unit, 1, 2.5));
    }
    for (int k : counts) {
      String name = "Hutchinson, " + k;
      costs.add(cost(name + " probes, in 1 + k forwards", threads, name, "forward", 1 + k, 1.2));
    }
    String exact = "exact divergence";
    costs.add(cost(exact + ", in 1 + d forwards", threads, exact, "forward", 3, 1.2));
    return costs;
  }

  private void divergence(String name, Divergence how) {
    Rng rng = Rng.of(4);
    record(
        name,
        x -> {
          var estimate = how.at(net::forward, x, rng);
          return List.of(estimate.field(), estimate.divergence());
        });
  }

  private interface Body {
    List<Tensor> of(Tensor x);
  }

  private void record(String name, Body body) {
    programs.put(name, Program.record(in -> body.of(in.get(0))));
  }

  private Cost cost(String name, int threads, String what, String unit, int units, double must) {
    double micros = least(what);
    return new Cost(name, threads, micros / (units * least(unit)), must, micros);
  }

  private double least(String program) {
    return best.getOrDefault(program, Double.POSITIVE_INFINITY);
  }

  /** Takes times for so long, and on until none has become smaller for half as long. */
  private void time(long nanos) {
    Tensor x = Rng.of(5).normal(BATCH, 2);
    long begin = System.nanoTime();
    long smaller = begin;
    long now = begin;
    while (now - begin < nanos || (now - smaller < nanos / 2 && now - begin < MOST * nanos)) {
      for (Map.Entry<String, Program> entry : programs.entrySet()) {
        for (int i = 0; i < TURN; i++) {
          entry.getValue().run(x);
          long then = now;
          now = System.nanoTime();
          double micros = (now - then) / 1e3;
          // The first run after another program's finds a cold cache, and the first of all records.
          if (i > 0 && micros < least(entry.getKey())) {
            smaller = micros < NOTED * least(entry.getKey()) ? now : smaller;
            best.put(entry.getKey(), micros);
          }
        }
      }
    }
  }
}

package scoria.bench.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import scoria.bench.UserError;
import scoria.bench.machine.Machine;
import scoria.bench.micro.Derivatives;
import scoria.bench.micro.FmaPeak;
import scoria.bench.micro.Suite;
import scoria.bench.peers.Contest;
import scoria.bench.peers.ParityRun;

/** Runs microbenchmarks. */
@Command(
    name = "bench",
    description = "Measure kernels and steps. Without a name: list what can be measured.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class Bench implements Runnable {
  private static final String CPU = "cpu";
  private static final Pattern SHAPE = Pattern.compile("[1-9]\\d{0,5}x[1-9]\\d{0,5}x[1-9]\\d{0,5}");

  /** What JMH's collector of figures calls the bytes of heap that an operation allocates. */
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  @Spec private CommandSpec spec;

  @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "What to measure.")
  private @Nullable String name;

  @Option(
      names = "--shapes",
      paramLabel = "MxKxN",
      split = ",",
      description = "Sizes of matrix products: rows, length of the sums, columns.")
  private List<String> shapes = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      split = ",",
      description = "Threads that compute, where a benchmark has a choice.")
  private List<Integer> threads = List.of();

  @Option(
      names = "--device",
      paramLabel = "cpu|cuda",
      description = "What computes, where a benchmark has a choice (default: cpu).")
  private String device = CPU;

  @Option(
      names = "--quick",
      description = "Measure for a second, not ten, or compare on few shapes: for a first look.")
  private boolean quick;

  @Option(
      names = "--peers",
      description = "Beside libtorch, which is fetched and built in when it is missing.")
  private boolean peers;

  /** For the launcher, which asks before it builds for minutes. */
  @Option(names = "--check", hidden = true)
  private boolean check;

  @Option(names = "--json", description = "End with the figures as one JSON object on a line.")
  private boolean json;

  Bench() {}

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    SortedMap<String, Suite> suites = Suite.all();
    SortedMap<String, String> names = new TreeMap<>();
    suites.forEach((label, suite) -> names.put(label, suite.methods()));
    Contest.benchmarks().forEach(label -> names.put(label, "alone, or with --peers"));
    names.put(Derivatives.NAME, Derivatives.what());
    names.put(ParityRun.NAME, "results beside libtorch's, with --peers");
    if (name != null && !names.containsKey(name)) {
      throw new UserError(
          "there is no benchmark '" + name + "'; there are " + String.join(", ", names.keySet()));
    }
    if (peers) {
      PeersBench.check(name);
    } else if (ParityRun.NAME.equals(name)) {
      throw new UserError("parity compares with libtorch: run scoria bench parity --peers");
    }
    if (name == null) {
      names.forEach((label, what) -> out.println(label + ": " + what));
      return;
    }
    Suite suite = suites.get(name);
    Map<String, List<String>> parameters = parameters(suite);
    if (check) {
      return;
    }
    Machine machine = Machine.here();
    out.printf(
        "%s, JDK %s, vectors of %d bits (%d float32), %d threads in the machine%n",
        machine.cpu(),
        machine.jdk(),
        machine.vectorBits(),
        machine.floatLanes(),
        machine.threads());
    out.flush();
    if (ParityRun.NAME.equals(name)) {
      PeersBench.parity(out, quick, json);
    } else if (Derivatives.NAME.equals(name)) {
      derivatives(out, machine);
    } else if (suite == null) {
      PeersBench.run(out, name, threads, peers, quick, json);
    } else {
      measure(out, suite, parameters, machine);
    }
  }

  private void measure(
      PrintWriter out, Suite suite, Map<String, List<String>> parameters, Machine machine) {
    boolean isProduct = suite.takes("shape");
    double peak = isProduct ? FmaPeak.float32() : 0;
    if (isProduct) {
      out.printf(Locale.ROOT, "peak of one core: %.1f GFLOP/s (float32 FMA, measured)%n", peak);
    }
    out.flush();
    List<Map<String, Object>> rows = new ArrayList<>();
    try {
      for (RunResult result : suite.run(parameters, quick)) {
        Map<String, Object> row = row(result, peak);
        rows.add(row);
        out.println(text(row));
      }
    } catch (RunnerException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
    if (json) {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("benchmark", String.valueOf(name));
      figures.put("machine", machine);
      if (isProduct) {
        figures.put("peak_gflops", peak);
      }
      figures.put("results", rows);
      JsonLine.print(out, figures);
    }
  }

  private void derivatives(PrintWriter out, Machine machine) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int count : threads.isEmpty() ? List.of(1, 2) : threads) {
      for (Derivatives.Cost cost : Derivatives.measure(count, quick)) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", cost.name());
        row.put("threads", cost.threads());
        row.put("ratio", cost.ratio());
        row.put("must", cost.must());
        row.put("best", cost.micros());
        row.put("unit", "us/op");
        rows.add(row);
        out.println(text(row));
        out.flush();
      }
    }
    if (json) {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("benchmark", Derivatives.NAME);
      figures.put("machine", machine);
      figures.put("results", rows);
      JsonLine.print(out, figures);
    }
  }

  private Map<String, List<String>> parameters(@Nullable Suite suite) {
    Map<String, List<String>> parameters = new TreeMap<>();
    for (String shape : shapes) {
      if (!SHAPE.matcher(shape).matches()) {
        throw new UserError("--shapes has '" + shape + "'; a shape is MxKxN, as 512x128x128");
      }
    }
    for (int count : threads) {
      TrainOptions.atLeast("--threads", count, 1);
    }
    if (!shapes.isEmpty()) {
      parameters.put("shape", shapes);
    }
    if (!CommonOptions.device(device).name().equals(CPU)) {
      parameters.put("device", List.of(device));
    }
    if (!threads.isEmpty()) {
      parameters.put("threads", threads.stream().map(String::valueOf).toList());
    }
    for (String parameter : parameters.keySet()) {
      boolean known =
          suite == null
              ? parameter.equals("threads") && !ParityRun.NAME.equals(name)
              : suite.takes(parameter);
      if (!known) {
        throw new UserError("the benchmark " + name + " has no choice of " + parameter);
      }
    }
    return parameters;
  }

  private static Map<String, Object> row(RunResult result, double peak) {
    Result<?> primary = result.getPrimaryResult();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", primary.getLabel());
    for (String parameter : result.getParams().getParamsKeys()) {
      row.put(parameter, result.getParams().getParam(parameter));
    }
    // A mean follows every disturbance of the machine; the median of the iterations does not.
    double median = primary.getStatistics().getPercentile(50);
    row.put("median", median);
    row.put("best", primary.getStatistics().getMin());
    row.put("worst", primary.getStatistics().getMax());
    row.put("unit", primary.getScoreUnit());
    Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
    if (allocated != null) {
      row.put("bytes_per_op", allocated.getScore());
    }
    String shape = result.getParams().getParam("shape");
    if (shape != null && primary.getScoreUnit().equals("us/op")) {
      double flops = 2;
      for (String size : shape.split("x", -1)) {
        flops *= Integer.parseInt(size);
      }
      String threads = result.getParams().getParam("threads");
      double gflops = flops / median / 1000;
      row.put("gflops", gflops);
      row.put(
          "percent_of_peak",
          100 * gflops / peak / (threads == null ? 1 : Integer.parseInt(threads)));
    }
    return row;
  }

  private static String text(Map<String, Object> row) {
    return row.entrySet().stream()
        .map(
            entry ->
                entry.getKey().equals("name")
                    ? String.valueOf(entry.getValue())
                    : entry.getKey()
                        + " "
                        + (entry.getValue() instanceof Double number
                            ? String.format(Locale.ROOT, "%.4g", number)
                            : entry.getValue()))
        .collect(Collectors.joining("  "));
  }
}

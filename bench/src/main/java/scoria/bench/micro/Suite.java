package scoria.bench.micro;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import scoria.bench.machine.ClassPath;

/** The benchmarks of one class, and how they are run: each in a process of its own. */
public final class Suite {
  private static final String ENDING = "Benchmark";
  private static final String CLASS_PATH = "java.class.path";

  private final String className;
  private final List<BenchmarkListEntry> entries;

  private Suite(String className, List<BenchmarkListEntry> entries) {
    this.className = className;
    this.entries = entries;
  }

  /** All there are, by name: {@code GemmBenchmark} is {@code gemm}. */
  public static SortedMap<String, Suite> all() {
    Map<String, List<BenchmarkListEntry>> byClass =
        BenchmarkList.defaultList()
            .getAll(
                OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
            .stream()
            .collect(Collectors.groupingBy(BenchmarkListEntry::getUserClassQName));
    SortedMap<String, Suite> suites = new TreeMap<>();
    byClass.forEach(
        (className, entries) -> suites.put(label(className), new Suite(className, entries)));
    return suites;
  }

  private static String label(String className) {
    String simple = className.substring(className.lastIndexOf('.') + 1);
    String base =
        simple.endsWith(ENDING) ? simple.substring(0, simple.length() - ENDING.length()) : simple;
    return base.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /** The methods, with commas in between. */
  public String methods() {
    return entries.stream()
        .map(BenchmarkListEntry::getUsername)
        .map(full -> full.substring(full.lastIndexOf('.') + 1))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** Whether there is a parameter of that name. */
  public boolean takes(String parameter) {
    return entries.stream()
        .anyMatch(entry -> entry.getParams().orElse(Map.of()).containsKey(parameter));
  }

  /**
   * Runs them all.
   *
   * @param parameters values to try, in place of a benchmark's own
   * @param quick for a fifth of the time
   */
  public Collection<RunResult> run(Map<String, List<String>> parameters, boolean quick)
      throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(className) + "\\.")
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .forks(1)
            .addProfiler(GCProfiler.class)
            // Vector code runs a hundred times slower until the second compiler has been at it.
            .warmupIterations(5)
            .warmupTime(TimeValue.seconds(quick ? 1 : 2))
            .measurementIterations(quick ? 3 : 5)
            .measurementTime(time(quick))
            .jvmArgsAppend(
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
    parameters.forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
    // JMH starts its processes on the class path alone, which is empty for a program of modules.
    String before = System.getProperty(CLASS_PATH, "");
    System.setProperty(CLASS_PATH, ClassPath.here());
    try {
      return new Runner(options.build()).run();
    } finally {
      System.setProperty(CLASS_PATH, before);
    }
  }

  private static TimeValue time(boolean quick) {
    return new TimeValue(quick ? 300 : 1000, TimeUnit.MILLISECONDS);
  }
}

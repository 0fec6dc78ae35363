package scoria.bench.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import scoria.bench.machine.Machine;

/** Says what Scoria found on this machine. */
@Command(
    name = "doctor",
    description = "Show the JDK, vector width, threads, memory and devices that Scoria found.",
    mixinStandardHelpOptions = true)
final class Doctor implements Runnable {
  private static final double GIB = 1L << 30;
  private static final String NO_CUDA = "this build of Scoria has no CUDA device yet";

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "End with the findings as one JSON object on a line.")
  private boolean json;

  Doctor() {}

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    Machine machine = Machine.here();
    row(out, "scoria", Version.text());
    row(out, "java", machine.jdk() + " (" + machine.vendor() + ")");
    row(out, "system", machine.os());
    row(out, "processor", machine.cpu());
    row(out, "cores", machine.cores() + ", " + machine.threads() + " threads for Scoria");
    row(
        out,
        "vectors",
        machine.vectorBits() + " bits: " + machine.floatLanes() + " float32 numbers at once");
    row(
        out,
        "memory",
        String.format(
            Locale.ROOT,
            "%.1f GiB, of which Java's heap may take %.1f GiB",
            machine.memoryBytes() / GIB,
            machine.heapBytes() / GIB));
    row(out, "cuda", "none: " + NO_CUDA);
    if (json) {
      JsonLine.print(out, new Findings(Version.text(), machine, false, NO_CUDA));
    }
  }

  private static void row(PrintWriter out, String name, String value) {
    out.printf("%-10s %s%n", name, value);
  }

  private record Findings(
      @JsonProperty("scoria") String scoria,
      @JsonUnwrapped Machine machine,
      @JsonProperty("cuda") boolean cuda,
      @JsonProperty("cuda_reason") String reason) {}
}

package scoria.bench.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import scoria.bench.machine.Machine;
import scoria.kernels.cuda.CudaDriver;

/** Says what Scoria found on this machine. */
@Command(
    name = "doctor",
    description = "Show the JDK, vector width, threads, memory and devices that Scoria found.",
    mixinStandardHelpOptions = true)
final class Doctor implements Runnable {
  private static final double GIB = 1L << 30;

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
    switch (CudaDriver.probe()) {
      case CudaDriver.Missing missing -> {
        row(out, "cuda", "none: " + missing.reason());
        print(out, new Findings(Version.text(), machine, false, missing.reason(), null));
      }
      case CudaDriver.Found gpu -> {
        row(
            out,
            "cuda",
            String.format(
                Locale.ROOT,
                "%s, %.1f GiB, compute capability %d.%d, driver for CUDA %s",
                gpu.device(),
                gpu.memoryBytes() / GIB,
                gpu.major(),
                gpu.minor(),
                version(gpu)));
        print(out, new Findings(Version.text(), machine, true, null, Gpu.of(gpu)));
      }
    }
  }

  private void print(PrintWriter out, Findings findings) {
    if (json) {
      JsonLine.print(out, findings);
    }
  }

  private static String version(CudaDriver.Found gpu) {
    return gpu.driverVersion() / 1000 + "." + gpu.driverVersion() % 1000 / 10;
  }

  private static void row(PrintWriter out, String name, String value) {
    out.printf("%-10s %s%n", name, value);
  }

  private record Findings(
      @JsonProperty("scoria") String scoria,
      @JsonUnwrapped Machine machine,
      @JsonProperty("cuda") boolean cuda,
      @JsonProperty("cuda_reason") @Nullable String reason,
      @JsonProperty("gpu") @Nullable Gpu gpu) {}

  private record Gpu(
      @JsonProperty("name") String name,
      @JsonProperty("memory_bytes") long memoryBytes,
      @JsonProperty("compute_capability") String capability,
      @JsonProperty("driver") String driver) {
    static Gpu of(CudaDriver.Found gpu) {
      return new Gpu(
          gpu.device(), gpu.memoryBytes(), gpu.major() + "." + gpu.minor(), version(gpu));
    }
  }
}

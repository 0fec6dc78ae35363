package scoria.bench.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code scoria}, under which the others stand. */
@Command(
    name = "scoria",
    description = "Score-based modelling on a tensor engine for the JVM.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {Train.class, Sample.class, Bench.class, Doctor.class},
    footer = {"", "scoria test runs the whole build with its tests."})
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--trace",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure.")
  private boolean trace;

  private Main() {}

  /** Runs a command and ends the process with its exit status. */
  public static void main(String[] args) {
    System.exit(run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args));
  }

  /** Runs a command and returns its exit status. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    Main main = new Main();
    CommandLine scoria = new CommandLine(main).setOut(out).setErr(err);
    scoria.setParameterExceptionHandler((e, arguments) -> Failures.usage(e, err));
    scoria.setExecutionExceptionHandler((e, command, parsed) -> Failures.of(e, err, main.trace));
    int status;
    try {
      status = scoria.execute(args);
    } catch (Error e) {
      status = Failures.of(e, err, main.trace);
    }
    out.flush();
    err.flush();
    return status;
  }

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}

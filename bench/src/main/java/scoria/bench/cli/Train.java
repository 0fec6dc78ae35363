package scoria.bench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import scoria.bench.UserError;
import scoria.bench.data.DataSet;
import scoria.bench.data.DataSets;
import scoria.bench.run.Progress;
import scoria.bench.run.RunFolder;
import scoria.bench.run.Settings;
import scoria.bench.run.Training;

/** Learns the score of a data set. */
@Command(
    name = "train",
    description = "Learn the score of a data set, into a run folder.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class Train implements Callable<Integer> {
  /** As shells have it for a process that was asked to stop. */
  private static final int INTERRUPTED = 130;

  @Spec private CommandSpec spec;

  @Mixin private TrainOptions options;

  @Mixin private CommonOptions common;

  @Parameters(
      index = "0",
      paramLabel = "DATASET",
      description =
          "two-moons, 8gaussians, checkerboard, swiss-roll, mixture, digits, fashion, npy:FILE,"
              + " csv:FILE or idx:DIR.")
  private String name = "";

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      description = "Steps between checkpoints (default: ${DEFAULT-VALUE}).",
      defaultValue = "500")
  private long checkpointEvery;

  @Option(names = "--resume", description = "Go on with the run in the folder.")
  private boolean resume;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run folder (default: runs/DATASET-seedK).")
  private @Nullable Path out;

  Train() {}

  @Override
  public Integer call() throws IOException {
    TrainOptions.atLeast("--checkpoint-every", checkpointEvery, 1);
    options.check();
    common.apply();
    DataSet data = DataSets.of(name);
    long seed = common.seed == null ? 0 : common.seed;
    Path path = out == null ? defaultFolder(seed) : out;
    Training training;
    Settings settings;
    if (resume) {
      RunFolder folder = RunFolder.open(path);
      settings = Training.settings(folder);
      options.checkSame(settings, name, common.seed, path);
      training = Training.resume(data, folder, Version.text());
    } else {
      settings = options.settings(data, seed);
      training = Training.begin(data, settings, RunFolder.create(path), Version.text());
    }
    return run(training, settings, path);
  }

  private int run(Training training, Settings settings, Path path) throws IOException {
    PrintWriter text = spec.commandLine().getOut();
    text.printf(
        "%s on %s, steps %d to %d, into %s%n",
        training.step() > 0 ? "Going on" : "Training",
        settings.data(),
        training.step(),
        settings.steps(),
        path);
    try (Interruption interruption = Interruption.watch()) {
      Training.Outcome outcome;
      try (Progress progress = Bar.of(text, training.step(), settings.steps())) {
        outcome = training.run(checkpointEvery, progress, interruption::isAsked);
      }
      Map<String, Object> figures = outcome.figures();
      if (outcome.done()) {
        training.show(figures);
      }
      text.printf(
          Locale.ROOT,
          "%s after %d steps: loss %.4f, %.1f s, %.0f steps/s%n",
          outcome.done() ? "Done" : "Stopped",
          training.step(),
          outcome.loss(),
          outcome.seconds(),
          outcome.stepsPerSecond());
      text.println(
          outcome.done()
              ? "See " + path.resolve("report.html") + "; draw with: ./scoria sample " + path
              : "Go on with: train " + settings.data() + " --resume --out " + path);
      if (common.json) {
        JsonLine.print(text, figures);
      }
      text.flush();
      return outcome.done() ? 0 : INTERRUPTED;
    } catch (Training.Diverged e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private Path defaultFolder(long seed) {
    int colon = name.indexOf(':');
    String base = name;
    if (colon >= 0) {
      Path file = Path.of(name.substring(colon + 1)).toAbsolutePath().normalize().getFileName();
      if (file == null) {
        throw new UserError("name a folder for the run by --out");
      }
      base = file.toString().replaceFirst("\\.[^.]*$", "");
    }
    return Path.of("runs", base + "-seed" + seed);
  }
}

package scoria.bench.cli;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import scoria.bench.UserError;
import scoria.bench.data.DataSet;
import scoria.bench.run.Noise;
import scoria.bench.run.Recipe;
import scoria.bench.run.Settings;

/** What the bits of a trained model depend on; what is not given is a matter of the data set. */
final class TrainOptions {
  private static final String OF_DATA = " (default: a matter of the data set).";

  @Option(names = "--steps", paramLabel = "N", description = "Steps of training" + OF_DATA)
  private @Nullable Long steps;

  @Option(names = "--batch", paramLabel = "N", description = "Points a step" + OF_DATA)
  private @Nullable Integer batch;

  @Option(
      names = "--lr",
      paramLabel = "X",
      description = "Greatest learning rate of Adam" + OF_DATA)
  private @Nullable Double lr;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Network: mlp, a residual one (default: mlp).")
  private @Nullable String model;

  @Option(names = "--hidden", paramLabel = "N", description = "Width of the network" + OF_DATA)
  private @Nullable Integer hidden;

  @Option(names = "--blocks", paramLabel = "N", description = "Residual blocks" + OF_DATA)
  private @Nullable Integer blocks;

  @Option(
      names = "--noise",
      paramLabel = "ve|vp|edm",
      description = "How data turn into noise (default: edm).")
  private @Nullable String noise;

  @Option(
      names = "--ema",
      paramLabel = "X",
      description = "Decay of the weights' average" + OF_DATA)
  private @Nullable Double ema;

  @Option(
      names = "--clip",
      paramLabel = "X",
      description = "Greatest norm of a gradient (default: 1).")
  private @Nullable Double clip;

  TrainOptions() {}

  /**
   * Looks at what was given.
   *
   * @throws UserError if a value is out of bounds
   */
  void check() {
    atLeast("--steps", steps, 1);
    atLeast("--batch", batch, 1);
    atLeast("--hidden", hidden, 1);
    atLeast("--blocks", blocks, 0);
    positive("--lr", lr);
    positive("--clip", clip);
    if (ema != null && !(ema >= 0 && ema < 1)) {
      throw new UserError("--ema is " + ema + "; it must be from 0 to below 1");
    }
    if (model != null && !model.equals("mlp")) {
      throw new UserError("there is no model '" + model + "'; there is mlp");
    }
    if (noise != null) {
      noise(noise);
    }
  }

  static void atLeast(String option, @Nullable Number value, long least) {
    if (value != null && value.longValue() < least) {
      throw new UserError(option + " is " + value + "; it must be a whole number from " + least);
    }
  }

  private static void positive(String option, @Nullable Double value) {
    if (value != null && !(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new UserError(option + " is " + value + "; it must be a positive number");
    }
  }

  private static Noise noise(String name) {
    for (Noise kind : Noise.values()) {
      if (kind.toString().equals(name)) {
        return kind;
      }
    }
    throw new UserError("there is no noise '" + name + "'; there are edm, ve and vp");
  }

  /** The settings of a new run. */
  Settings settings(DataSet data, long seed) {
    Recipe recipe = Recipe.of(data, noise == null ? Noise.EDM : noise(noise));
    return recipe.settings(data.name(), seed, steps, batch, lr, hidden, blocks, ema, clip);
  }

  /**
   * Looks whether what was given is what a run was begun with.
   *
   * @throws UserError if something is not
   */
  void checkSame(Settings run, String data, @Nullable Long seed, Path folder) {
    same(folder, "the data set", data, run.data());
    same(folder, "--seed", seed, run.seed());
    same(folder, "--steps", steps, run.steps());
    same(folder, "--batch", batch, run.batch());
    same(folder, "--lr", lr, run.lr());
    same(folder, "--model", model, run.model());
    same(folder, "--hidden", hidden, run.hidden());
    same(folder, "--blocks", blocks, run.blocks());
    same(folder, "--noise", noise, run.noise().toString());
    same(folder, "--ema", ema, run.ema());
    same(folder, "--clip", clip, run.clip());
  }

  private static void same(Path folder, String what, @Nullable Object given, Object run) {
    if (given != null && !Objects.equals(given, run)) {
      throw new UserError(
          "the run in "
              + folder
              + " was begun with "
              + what
              + " "
              + run
              + ", and cannot be resumed with "
              + given);
    }
  }
}

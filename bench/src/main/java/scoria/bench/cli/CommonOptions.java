package scoria.bench.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import scoria.bench.UserError;
import scoria.engine.device.Device;

/** What every command that computes takes. */
final class CommonOptions {
  private static final int MOST_THREADS = 1024;

  @Option(
      names = "--seed",
      paramLabel = "K",
      description = "Where all chance comes from (default: 0).")
  @Nullable Long seed;

  @Option(
      names = "--device",
      paramLabel = "cpu|cuda",
      description = "What computes (default: cpu).")
  private String device = "cpu";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute (default: all). Results do not depend on it.")
  private @Nullable Integer threads;

  @Option(
      names = "--json",
      description = "End with the figures as one JSON object, on the last line.")
  boolean json;

  CommonOptions() {}

  /**
   * Sets up the device.
   *
   * @throws UserError if it is not there
   */
  void apply() {
    device(device).makeDefault();
    if (threads != null) {
      if (threads < 1 || threads > MOST_THREADS) {
        throw new UserError("--threads is " + threads + "; it must be from 1 to " + MOST_THREADS);
      }
      Device.cpu().threads(threads);
    }
  }

  /**
   * The device of a name.
   *
   * @throws UserError if there is none, with the reason
   */
  static Device device(String name) {
    switch (name) {
      case "cpu" -> {
        return Device.cpu();
      }
      case "cuda" -> {
        try {
          return Device.cuda();
        } catch (IllegalStateException e) {
          throw new UserError(
              "--device cuda: " + e.getMessage() + " (--device cpu works everywhere)", e);
        }
      }
      default -> throw new UserError("there is no device '" + name + "'; there are cpu and cuda");
    }
  }
}

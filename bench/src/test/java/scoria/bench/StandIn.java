package scoria.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import scoria.engine.device.Cuda;
import scoria.engine.device.Device;

/**
 * CUDA on a machine without a GPU: libraries of the names that the bindings ask for, built with the
 * kernels' tests. Loaded before the bindings, they are what these find.
 */
public final class StandIn {
  private static final Path FOLDER = Path.of("..", "kernels", "target", "standin");

  private static final Cuda DEVICE = load();

  private StandIn() {}

  /** The device; a test without it is no test, so there is no way around a failure. */
  public static Cuda cuda() {
    return DEVICE;
  }

  @SuppressWarnings("restricted")
  private static Cuda load() {
    for (String library : List.of("libcuda.so.1", "libnvrtc.so.12", "libcublas.so.12")) {
      Path file = FOLDER.resolve(library).toAbsolutePath().normalize();
      if (!Files.isRegularFile(file)) {
        throw new IllegalStateException(
            "there is no " + file + ": build the module kernels with its tests first");
      }
      System.load(file.toString());
    }
    return Device.cuda();
  }
}

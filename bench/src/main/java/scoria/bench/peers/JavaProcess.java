package scoria.bench.peers;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import scoria.bench.machine.ClassPath;

/** Java once more, with this process's {@code -X} flags, on the class path. */
final class JavaProcess {
  private JavaProcess() {}

  /**
   * How it is started. Standard error goes where standard output does.
   *
   * @param environment variables to set
   * @param peers folder of the peers' jars; null if they are not needed
   */
  static ProcessBuilder of(
      String mainClass,
      List<String> arguments,
      Map<String, String> environment,
      @Nullable Path peers) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-X"))
        .forEach(command::add);
    if (peers != null) {
      // Native libraries are unpacked beside the jars that hold them and not into the user's home.
      command.add("-Dorg.bytedeco.javacpp.cachedir=" + peers.resolveSibling("natives"));
    }
    command.addAll(
        List.of(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--class-path",
            peers == null
                ? ClassPath.here()
                : ClassPath.here() + File.pathSeparator + peers.resolve("*"),
            mainClass));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // A choice of kernels that someone made for other programs is not the library's best.
    builder
        .environment()
        .keySet()
        .removeIf(key -> key.startsWith("OPENBLAS_") || key.startsWith("OMP_"));
    builder.environment().putAll(environment);
    return builder;
  }
}

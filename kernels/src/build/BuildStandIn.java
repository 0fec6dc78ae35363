import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Builds the stand-in CUDA of the tests: {@code libcuda.so.1}, {@code libnvrtc.so.12} and {@code
 * libcublas.so.12}, from C++ with g++.
 *
 * <p>Every function that JCuda's native libraries import must exist, or calling it ends the JVM.
 * The names are read from those libraries, and the ones that nobody wrote become functions that say
 * so.
 *
 * <p>Arguments: folder of sources, folder to write, class path with the jars of the natives.
 * Nothing is done when what was built came from the same sources, natives and compiler.
 */
final class BuildStandIn {
  /** A library: its file, the one of JCuda that imports it, its sources, what a stub returns. */
  private record Library(
      String file, String importer, String prefix, List<String> sources, int unsupported) {}

  private static final List<Library> LIBRARIES =
      List.of(
          new Library(
              "libcuda.so.1",
              "libJCudaDriver",
              "cu",
              List.of("driver", "run", "watch", "compile", "nvrtc/bridge.cpp"),
              801),
          new Library(
              "libnvrtc.so.12",
              "libJNvrtc",
              "nvrtc",
              List.of("nvrtc/nvrtc.cpp", "compile/program.cpp"),
              11),
          new Library("libcublas.so.12", "libJCublas2", "cublas", List.of("blas"), 15));

  private static final List<String> COMPILE =
      List.of(
          "g++",
          "-std=c++17",
          "-O2",
          "-g1",
          "-fPIC",
          "-fvisibility=hidden",
          "-Wall",
          "-Wextra",
          "-c");

  private final Path sources;
  private final Path target;
  private final Path objects;

  private BuildStandIn(Path sources, Path target) {
    this.sources = sources;
    this.target = target;
    this.objects = target.resolve("objects");
  }

  public static void main(String[] args) throws Exception {
    if (!args[2].equals("true")) {
      new BuildStandIn(Path.of(args[0]), Path.of(args[1])).build(args[3]);
    }
  }

  private void build(String classPath) throws Exception {
    if (!System.getProperty("os.name").equals("Linux")
        || !System.getProperty("os.arch").equals("amd64")) {
      fail("the stand-in CUDA of the tests is written for Linux on x86-64");
    }
    String compiler = version();
    Map<String, TreeSet<String>> imports = imports(classPath);
    String state = state(compiler, imports);
    Path built = target.resolve("built");
    if (Files.exists(built) && Files.readString(built).equals(state)) {
      return;
    }
    Files.createDirectories(objects);
    Files.deleteIfExists(built);
    copyShim();
    compileAll();
    for (Library library : LIBRARIES) {
      link(library, imports.get(library.importer()));
    }
    Files.writeString(built, state);
  }

  private static void fail(String why) {
    System.err.println(why);
    System.exit(1);
  }

  private static String version() throws InterruptedException {
    try {
      return run(List.of("g++", "--version")).lines().findFirst().orElse("");
    } catch (IOException e) {
      fail(
          "the tests of the CUDA kernels need g++ for the stand-in CUDA and found none on PATH:"
              + " install it (apt install g++)");
      return "";
    }
  }

  /** Names that each of JCuda's libraries needs of another. */
  private static Map<String, TreeSet<String>> imports(String classPath) throws Exception {
    Map<String, TreeSet<String>> found = new TreeMap<>();
    Path folder = Files.createTempDirectory("scoria-natives");
    for (String entry : classPath.split(File.pathSeparator)) {
      if (!entry.endsWith(".jar") || !entry.contains("-natives-")) {
        continue;
      }
      try (FileSystem jar = FileSystems.newFileSystem(Path.of(entry));
          Stream<Path> files = Files.list(jar.getPath("/lib"))) {
        for (Path file : (Iterable<Path>) files::iterator) {
          for (Library library : LIBRARIES) {
            if (file.getFileName().toString().startsWith(library.importer() + "-")) {
              Path copy = folder.resolve(library.importer());
              Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
              found.put(library.importer(), names(copy, "-D --undefined-only", library.prefix()));
              Files.delete(copy);
            }
          }
        }
      }
    }
    Files.delete(folder);
    for (Library library : LIBRARIES) {
      if (!found.containsKey(library.importer())) {
        fail(
            "no "
                + library.importer()
                + " in the class path: are JCuda's natives among the tests' dependencies?");
      }
    }
    return found;
  }

  /** Symbols that begin with a prefix, without their versions; nm's options say which. */
  private static TreeSet<String> names(Path file, String which, String prefix) throws Exception {
    List<String> command = new ArrayList<>(List.of("nm"));
    command.addAll(List.of(which.split(" ")));
    command.add(file.toString());
    TreeSet<String> names = new TreeSet<>();
    for (String line : run(command).split("\n")) {
      String name = line.substring(line.lastIndexOf(' ') + 1).replaceAll("@.*", "");
      if (name.startsWith(prefix)) {
        names.add(name);
      }
    }
    return names;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(sources)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private String state(String compiler, Map<String, TreeSet<String>> imports) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Path file : files()) {
      digest.update(sources.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(file));
    }
    digest.update((compiler + COMPILE + LIBRARIES + imports).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest());
  }

  private void copyShim() throws IOException {
    Path shim = Files.createDirectories(target.resolve("shim"));
    for (Path file : files()) {
      if (file.startsWith(sources.resolve("shim"))) {
        Files.copy(
            file, shim.resolve(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Path object(Path source) {
    String name = sources.relativize(source).toString().replace('/', '-').replace(".cpp", ".o");
    return objects.resolve(name);
  }

  private void compileAll() throws Exception {
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      List<Future<String>> running = new ArrayList<>();
      for (Path file : files()) {
        if (file.toString().endsWith(".cpp")) {
          List<String> command = new ArrayList<>(COMPILE);
          command.addAll(List.of(file.toString(), "-o", object(file).toString()));
          if (file.startsWith(sources.resolve("blas"))) {
            command.add(command.indexOf("-O2") + 1, "-O3");
          }
          Callable<String> compile = () -> run(command);
          running.add(two.submit(compile));
        }
      }
      for (Future<String> one : running) {
        System.err.print(one.get());
      }
    }
  }

  private void link(Library library, TreeSet<String> imported) throws Exception {
    List<Path> parts =
        files().stream()
            .filter(file -> file.toString().endsWith(".cpp"))
            .filter(
                file ->
                    library.sources().stream().anyMatch(s -> file.startsWith(sources.resolve(s))))
            .map(this::object)
            .toList();
    int count = imported.size();
    TreeSet<String> missing = new TreeSet<>(imported);
    for (Path part : parts) {
      missing.removeAll(names(part, "--defined-only", library.prefix()));
    }
    StringBuilder stubs =
        new StringBuilder("extern \"C\" void scoriaStandinMissing(const char*);\n");
    for (String name : missing) {
      stubs.append(
          "extern \"C\" __attribute__((visibility(\"default\"))) int %s() { scoriaStandinMissing(\"%s\"); return %d; }\n"
              .formatted(name, name, library.unsupported()));
    }
    Path stub = objects.resolve(library.prefix() + "-stubs.cpp");
    Files.writeString(stub, stubs);
    // JCuda's libraries ask for symbols of the version that is called as the file is.
    Path script = objects.resolve(library.prefix() + ".version");
    Files.writeString(script, library.file() + " { global: *; };\n");
    List<String> command =
        new ArrayList<>(
            List.of(
                "g++",
                "-shared",
                "-fPIC",
                "-g1",
                "-O1",
                "-Wl,-soname," + library.file(),
                "-Wl,-z,defs"));
    if (!library.prefix().equals("cu")) {
      command.add("-Wl,--version-script=" + script);
    }
    command.addAll(List.of("-o", target.resolve(library.file()).toString(), stub.toString()));
    parts.forEach(part -> command.add(part.toString()));
    if (!library.prefix().equals("cu")) {
      command.add(target.resolve("libcuda.so.1").toString());
    }
    command.addAll(List.of("-ldl", "-lpthread"));
    System.err.print(run(command));
    imported.removeAll(
        names(target.resolve(library.file()), "-D --defined-only", library.prefix()));
    if (!imported.isEmpty()) {
      fail(library.file() + " does not show " + imported + ", which JCuda imports");
    }
    System.out.printf(
        "%s: %d functions, %d of them only by name%n", library.file(), count, missing.size());
  }

  /** What a command says; an exception with all of it if it fails. */
  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said;
    try (InputStream out = process.getInputStream()) {
      said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (process.waitFor() != 0) {
      throw new UncheckedIOException(new IOException(String.join(" ", command) + "\n" + said));
    }
    return said;
  }
}

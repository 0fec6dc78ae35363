package scoria.bench.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import scoria.bench.UserError;
import scoria.engine.io.AtomicFile;

/** The files of a run. All but the metrics are written whole or not at all. */
public final class RunFolder {
  static final String MODEL = "model.safetensors";
  static final String METRICS = "metrics.jsonl";

  private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

  private final Path path;

  private RunFolder(Path path) {
    this.path = path;
  }

  /**
   * Makes a new folder.
   *
   * @throws UserError if there is one with something in it, or none can be made
   */
  public static RunFolder create(Path path) throws IOException {
    if (Files.exists(path.resolve(MODEL))) {
      throw new UserError(
          path
              + " already holds a run; go on with it by --resume, or name another folder by --out");
    }
    return new RunFolder(emptyFolder(path));
  }

  /**
   * Opens the folder of a run that has begun, and clears away what a killed process left
   * unfinished.
   *
   * @throws UserError if there is no run in it
   */
  public static RunFolder open(Path path) throws IOException {
    if (!Files.isRegularFile(path.resolve(MODEL))) {
      throw new UserError(
          Files.exists(path)
              ? path + " holds no run: there is no " + MODEL + " in it"
              : "there is no run folder " + path);
    }
    return new RunFolder(path);
  }

  /**
   * A folder with nothing in it, made if there is none.
   *
   * @throws UserError if there is something in it, or it cannot be made
   */
  public static Path emptyFolder(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (Stream<Path> inside = Files.list(path)) {
        if (inside.findAny().isPresent()) {
          throw new UserError(path + " is not empty; --out takes a new or an empty folder");
        }
      }
      return path;
    }
    try {
      return Files.createDirectories(path);
    } catch (FileAlreadyExistsException e) {
      throw new UserError(e.getFile() + " is a file; --out takes a new or an empty folder", e);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** A file in it. */
  public Path file(String name) {
    return path.resolve(name);
  }

  Checkpoint checkpoint() throws IOException {
    return Checkpoint.read(file(MODEL));
  }

  void save(Checkpoint checkpoint) throws IOException {
    checkpoint.write(file(MODEL));
  }

  /** Deletes parts of files that a killed process was writing. */
  void clearParts() throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(path, "*.part")) {
      for (Path part : parts) {
        Files.deleteIfExists(part);
      }
    }
  }

  /**
   * The model that samples are drawn with.
   *
   * @throws UserError if its weights do not fit its settings
   */
  public Model model() throws IOException {
    try {
      return Model.averaged(checkpoint());
    } catch (IllegalArgumentException e) {
      throw new UserError(file(MODEL) + " is damaged: " + e.getMessage(), e);
    }
  }

  /** Writes a JSON file for readers. */
  void json(String name, Map<String, ?> content) throws IOException {
    text(name, JSON.writeValueAsString(content) + "\n");
  }

  void text(String name, String content) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
    AtomicFile.write(file(name), out -> out.write(bytes));
  }
}

package scoria.bench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What {@code --json} asks for: the figures as one JSON object, on one line, the last. */
final class JsonLine {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonLine() {}

  /**
   * @param figures a map, or a record of a package that is open to Jackson
   */
  static void print(PrintWriter out, Object figures) {
    try {
      out.println(MAPPER.writeValueAsString(figures));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same of figures that a file holds as JSON. */
  static void copy(PrintWriter out, Path file) {
    try {
      out.println(MAPPER.readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package scoria.bench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;

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
}

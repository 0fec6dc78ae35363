package scoria.bench.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import scoria.engine.io.AtomicFile;

/** What was measured in training: a file of JSON objects, one a line, to which lines are added. */
final class Metrics implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final BufferedWriter out;

  private Metrics(BufferedWriter out) {
    this.out = out;
  }

  /**
   * One line.
   *
   * @param step steps taken
   * @param loss mean since the line before
   * @param lr learning rate
   * @param seconds of training, those of earlier sessions included
   */
  record Row(long step, double loss, double lr, double seconds) {}

  /**
   * Opens the file, without what was measured after a step: a killed process may have gone on past
   * its last checkpoint, and may have left half a line.
   */
  static Metrics open(Path file, long step) throws IOException {
    if (Files.exists(file)) {
      List<Row> kept = read(file).stream().filter(row -> row.step() <= step).toList();
      StringBuilder text = new StringBuilder();
      for (Row row : kept) {
        text.append(line(row));
      }
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
      AtomicFile.write(file, channel -> channel.write(bytes));
    }
    return new Metrics(
        Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  /** The rows of a file, up to the first line that is not one. */
  static List<Row> read(Path file) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      try {
        JsonNode node = MAPPER.readTree(line);
        rows.add(
            new Row(
                node.required("step").asLong(),
                node.required("loss").asDouble(),
                node.required("lr").asDouble(),
                node.required("seconds").asDouble()));
      } catch (JsonProcessingException | IllegalArgumentException e) {
        break;
      }
    }
    return rows;
  }

  void add(Row row) throws IOException {
    out.write(line(row));
    out.flush();
  }

  private static String line(Row row) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("step", row.step());
    node.put("loss", row.loss());
    node.put("lr", row.lr());
    node.put("seconds", row.seconds());
    return node + "\n";
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}

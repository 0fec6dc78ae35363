package scoria.bench.peers;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process that runs a {@link Contender} by request. */
final class Child implements AutoCloseable {
  private final String name;
  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;

  private Child(String name, Process process) {
    this.name = name;
    this.process = process;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts the process of an entry.
   *
   * @param peers folder of the peers' jars; null if the entry does not need them
   */
  static Child start(Entry entry, String contest, @Nullable Path peers) {
    List<String> arguments = new ArrayList<>(List.of(contest));
    arguments.addAll(entry.arguments());
    ProcessBuilder builder =
        JavaProcess.of(entry.side().mainClass(), arguments, entry.environment(), peers);
    try {
      return new Child(entry.label(), builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Asks for something and waits for the numbers.
   *
   * @throws IllegalStateException with what the process said last, if it ended instead
   */
  double[] ask(String request) {
    String said = "";
    try {
      requests.write(request);
      requests.newLine();
      requests.flush();
    } catch (IOException e) {
      // It has ended; why is in what it printed.
      said = e.getMessage();
    }
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith(Server.ANSWER)) {
          return Arrays.stream(line.substring(Server.ANSWER.length()).split(" ", -1))
              .mapToDouble(Double::parseDouble)
              .toArray();
        }
        // The cause of a failure stands before its trace.
        said = line.startsWith("\t") || line.startsWith("WARNING") ? said : line;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("the process of " + name + " ended: " + said);
  }

  @Override
  public void close() {
    try {
      requests.close();
    } catch (IOException e) {
      // It has ended already.
    }
    process.destroy();
  }
}

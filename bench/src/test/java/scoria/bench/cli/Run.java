package scoria.bench.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * A command as a test sees it.
 *
 * @param status exit status
 * @param out lines of standard output
 * @param err lines of standard error
 */
record Run(int status, List<String> out, List<String> err) {
  static Run of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.run(new PrintWriter(out), new PrintWriter(err), args);
    return new Run(status, out.toString().lines().toList(), err.toString().lines().toList());
  }
}

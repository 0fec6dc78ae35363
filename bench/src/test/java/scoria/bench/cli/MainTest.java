package scoria.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scoria.bench.UserError;
import scoria.engine.io.FormatException;

class MainTest {
  @ParameterizedTest
  @CsvSource({
    "doctr, there is no command 'doctr'; did you mean doctor",
    "zzz, (the commands are ",
    "--jsn, there is no option --jsn",
    "doctor --jsn, did you mean --json?",
    "doctor --jsn, scoria doctor --help",
    "doctor here, no argument is expected at 'here'",
    "doctor --json=perhaps, 'perhaps' is not a boolean",
  })
  void badUsageIsOneLineThatSaysWhatIsRight(String args, String expected) {
    Run run = Run.of(args.split(" "));
    assertEquals(2, run.status());
    assertEquals(1, run.err().size(), run.toString());
    assertTrue(run.err().getFirst().contains(expected), run.toString());
    assertTrue(run.out().isEmpty(), run.toString());
  }

  @Test
  void withoutACommandTheCommandsAreListed() {
    Run run = Run.of();
    assertEquals(0, run.status());
    assertTrue(run.out().stream().anyMatch(line -> line.contains("doctor")), run.toString());
  }

  @Test
  void badInputIsItsOwnLineAndStatusTwo() {
    assertFailure(
        2, "scoria: no data set 'x'", new UserError("no data set 'x'", new RuntimeException()));
    assertFailure(2, "scoria: a.npy: is cut short", new FormatException("a.npy", "is cut short"));
    assertFailure(2, "scoria: there is no file a/b.npy", new NoSuchFileException("a/b.npy"));
  }

  @Test
  void anythingElseIsOneLineAndStatusOne() {
    assertFailure(
        1,
        "scoria: failed with IllegalStateException: one two (--trace shows where)",
        new IllegalStateException("one\n  two"));
    assertFailure(
        1, "scoria: failed with OutOfMemoryError (--trace shows where)", new OutOfMemoryError());
  }

  private static void assertFailure(int status, String line, Throwable failure) {
    StringWriter err = new StringWriter();
    assertEquals(status, Failures.of(failure, new PrintWriter(err, true), false));
    assertEquals(line, err.toString().strip());
  }
}

package scoria.autodiff.docs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import scoria.autodiff.grad.Gradient;
import scoria.engine.tensor.Tensor;

/** The examples in the documents are the code that is there, and work. */
class ExamplesTest {
  private static final Path ROOT = Path.of("..");

  /** A fenced block that says which file it is from. */
  private static final Pattern SNIPPET =
      Pattern.compile("(?m)^```\\w+ (\\S+/\\S+)\\n([\\s\\S]*?)^```$");

  @Test
  void contributingShowsTheCode() throws IOException {
    List<MatchResult> snippets =
        SNIPPET.matcher(Files.readString(ROOT.resolve("CONTRIBUTING.md"))).results().toList();
    assertEquals(4, snippets.size(), "the four places of softsign");
    for (MatchResult snippet : snippets) {
      String code = Files.readString(ROOT.resolve(snippet.group(1)));
      assertTrue(
          snippet.group(2).contains("softsign") && plain(code).contains(plain(snippet.group(2))),
          "CONTRIBUTING.md shows what is not in " + snippet.group(1) + ":\n" + snippet.group(2));
    }
  }

  /** Without indentation, which depends on where code stands. */
  private static String plain(String code) {
    return code.replaceAll("(?m)^ +", "").strip();
  }

  @Test
  void ownOperationIsTheDocuments() throws IOException {
    String source = Files.readString(Path.of("src/test/java/scoria/autodiff/docs/LogCosh.java"));
    String example =
        source.substring(source.indexOf("// >>>\n") + 7, source.indexOf("// <<<")).strip();
    String document = Files.readString(ROOT.resolve("docs/own-operation.md"));
    assertTrue(
        document.contains("```java\n" + example + "\n```"),
        "docs/own-operation.md must hold this example:\n" + example);
  }

  @Test
  void ownOperationWorks() {
    LogCosh.check();
    Tensor x = Tensor.of(new double[] {0, 2, -800}).tracked();
    Tensor y = LogCosh.of(x);
    assertArrayEquals(
        new double[] {0, Math.log(Math.cosh(2)), 800 - Math.log(2)}, y.toDoubles(), 1e-12);
    assertArrayEquals(
        new double[] {0, Math.tanh(2), -1}, Gradient.of(y.sum(), x).toDoubles(), 1e-15);
  }
}

package scoria.bench.readme;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The README's example is compiled, is the one that the README shows, and does what is said of it.
 */
class ReadmeTest {
  @Test
  void readmeShowsTheExample() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/scoria/bench/readme/ReadmeExample.java"));
    String example =
        source.substring(source.indexOf("// >>>\n") + 7, source.indexOf("// <<<")).strip();
    String readme = Files.readString(Path.of("../README.md"));
    assertTrue(
        readme.contains("```java\n" + example + "\n```"),
        "README.md must hold this example:\n" + example);
  }

  /**
   * Perfect samples are at distance 0 +- 0.002; one Gaussian of the right mean and covariance is at
   * 0.3.
   */
  @Test
  void exampleLearns() {
    double distance = ReadmeExample.trainAndSample(600);
    assertTrue(distance < 0.02, "energy distance " + distance);
  }
}

package scoria.autodiff.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/ops.md} is what the tables give. With {@code -Dscoria.docs=write} it is written anew.
 * It says what runs on the GPU, so it takes one, or the stand-in.
 */
@Tag("cuda")
class OpsDocumentTest {
  private static final Path FILE = Path.of("../docs/ops.md");

  @Test
  void documentIsUpToDate() throws IOException {
    String want = OpsDocument.text();
    if ("write".equals(System.getProperty("scoria.docs"))) {
      Files.writeString(FILE, want);
    }
    assertEquals(
        want,
        Files.exists(FILE) ? Files.readString(FILE) : "",
        "docs/ops.md is not what the tables give; regenerate it with: mvn -q test -pl autodiff -am"
            + " -Dtest=OpsDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Dscoria.docs=write");
  }
}

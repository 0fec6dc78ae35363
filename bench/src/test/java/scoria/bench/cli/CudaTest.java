package scoria.bench.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scoria.engine.device.Device;

/** The command line where there is a GPU. */
@Tag("cuda")
class CudaTest {
  private static final String SMALL = " --seed 5 --batch 16 --hidden 8 --blocks 1 --steps 6";

  @TempDir private Path folder;

  @BeforeAll
  static void there() {
    assertEquals("cuda", Device.cuda().name());
  }

  @AfterEach
  void back() {
    Device.cpu().makeDefault();
  }

  private Run run(String command) {
    Run run = Run.of(command.replace("D/", folder + "/").split(" ", -1));
    assertEquals(0, run.status(), run.toString());
    return run;
  }

  private byte[] bytes(String file) throws IOException {
    return Files.readAllBytes(folder.resolve(file));
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(bytes(file));
  }

  @Test
  void runsAreTheSameOnBothDevices() throws IOException {
    // Points in space, of which no picture is made: a picture takes thousands of samples.
    Files.writeString(folder.resolve("t.csv"), "1,2,3\n2,3,4\n4,1,0\n");
    run("train csv:D/t.csv --out D/a" + SMALL);
    run("train csv:D/t.csv --device cuda --out D/b" + SMALL);
    assertArrayEquals(bytes("a/model.safetensors"), bytes("b/model.safetensors"));
    assertEquals("cpu", json("a/run.json").get("device").asText());
    assertEquals("cuda", json("b/run.json").get("device").asText());
    assertEquals(Device.cuda().gpu(), json("b/run.json").get("gpu").asText());
    run("sample D/a --n 20 --steps 3 --device cuda --out D/s");
    run("sample D/b --n 20 --steps 3 --out D/t");
    assertArrayEquals(bytes("s/samples.npy"), bytes("t/samples.npy"));
  }

  @Test
  void doctorNamesTheGpu() throws IOException {
    Run run = run("doctor --json");
    assertTrue(
        run.out().stream()
            .anyMatch(
                line -> line.startsWith("cuda ") && line.contains(Device.cuda().gpu() + ", ")),
        run.toString());
    JsonNode findings = new ObjectMapper().readTree(run.out().getLast());
    assertTrue(findings.get("cuda").asBoolean());
    assertEquals(Device.cuda().gpu(), findings.get("gpu").get("name").asText());
    assertTrue(findings.get("gpu").get("memory_bytes").asLong() > 0);
  }
}

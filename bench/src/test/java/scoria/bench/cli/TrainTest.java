package scoria.bench.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scoria.engine.device.Device;
import scoria.engine.io.ArrayData;
import scoria.engine.io.NpyFormat;
import scoria.kernels.cpu.ElementType;
import scoria.kernels.cuda.CudaDriver;

class TrainTest {
  private static final String SMALL = " --steps 6 --batch 16 --hidden 8 --blocks 1";

  @TempDir private Path folder;

  @AfterEach
  void allThreads() {
    Device.cpu().threads(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void trainsAndSamplesPoints() throws IOException {
    Run train = run("train two-moons --seed 5 --threads 1 --json --out R" + SMALL);
    assertEquals(0, train.status(), train.toString());
    JsonNode trained = json(train);
    assertEquals(6, trained.get("steps").asInt());
    assertEquals(5, trained.get("seed").asInt());
    assertEquals(1, trained.get("threads").asInt());
    assertTrue(trained.get("loss").isNumber());
    Run sample = run("sample R --n 40 --steps 4 --seed 7 --json --out S");
    assertEquals(0, sample.status(), sample.toString());
    JsonNode sampled = json(sample);
    assertEquals(40, sampled.get("n").asInt());
    assertTrue(sampled.get("energy_distance").isNumber());
    assertEquals(folder.resolve("S/samples.npy").toString(), sampled.get("path").asText());
    assertArrayEquals(new long[] {40, 2}, shape("S/samples.npy"));
    assertEquals(640, ImageIO.read(folder.resolve("S/samples.png").toFile()).getWidth());
  }

  @Test
  void samplesOfImagesAreImages() throws IOException {
    assertEquals(0, run("train digits --out R" + SMALL).status());
    assertEquals(0, run("sample R --n 12 --steps 3").status());
    assertArrayEquals(new long[] {12, 8, 8}, shape("R/samples-heun-seed0/samples.npy"));
    assertEquals(
        4 + 2 * 52,
        ImageIO.read(folder.resolve("R/samples-heun-seed0/samples.png").toFile()).getHeight());
  }

  @Test
  void dataWithoutAPictureAreLearnedToo() throws IOException {
    Files.writeString(folder.resolve("t.csv"), "1,2,3\n2,3,4\n4,1,0\n");
    assertEquals(0, run("train csv:D/t.csv --out R" + SMALL).status());
    assertEquals(0, run("sample R --n 7 --steps 3 --sampler euler-maruyama --out S").status());
    assertArrayEquals(new long[] {7, 3}, shape("S/samples.npy"));
    assertFalse(Files.exists(folder.resolve("S/samples.png")));
    Files.delete(folder.resolve("t.csv"));
    assertEquals(0, run("sample R --n 7 --steps 5 --sampler langevin --out S2").status());
  }

  @Test
  void aCompleteRunIsResumedToNothing() throws IOException {
    assertEquals(0, run("train two-moons --seed 2 --out R" + SMALL).status());
    byte[] before = Files.readAllBytes(folder.resolve("R/model.safetensors"));
    Run again = run("train two-moons --seed 2 --resume --out R" + SMALL);
    assertEquals(0, again.status(), again.toString());
    assertArrayEquals(before, Files.readAllBytes(folder.resolve("R/model.safetensors")));
  }

  /** D stands for the folder of the test; R in it holds a run, F a file, B a damaged run. */
  @ParameterizedTest
  @CsvSource({
    "train two-mons --out D/X, did you mean two-moons?",
    "train npy:D/none.npy --out D/X, there is no file",
    "train npy:D/cut.npy --out D/X, cut short",
    "train csv:D/F --out D/X, holds no points",
    "train two-moons --steps -1 --out D/X, --steps is -1; it must be a whole number from 1",
    "train two-moons --steps x --out D/X, 'x' is not a long",
    "train two-moons --batch 0 --out D/X, --batch is 0",
    "train two-moons --lr nan --out D/X, 'nan' is not a double",
    "train two-moons --lr NaN --out D/X, --lr is NaN; it must be a positive number",
    "train two-moons --clip -1 --out D/X, --clip is -1.0",
    "train two-moons --ema 1 --out D/X, --ema is 1.0",
    "train two-moons --hidden 0 --out D/X, --hidden is 0",
    "train two-moons --noise pink --out D/X, 'there are edm, ve and vp'",
    "train two-moons --model vit --out D/X, there is mlp",
    "train two-moons --threads 0 --out D/X, --threads is 0",
    "train two-moons --checkpoint-every 0 --out D/X, --checkpoint-every is 0",
    "train two-moons --device tpu --out D/X, there are cpu and cuda",
    "train two-moons --out D/R, already holds a run",
    "train two-moons --out D/F, is a file",
    "train two-moons --out D, is not empty",
    "train two-moons --resume --out D/X, there is no run folder",
    "train two-moons --resume --out D/E, holds no run",
    "train two-moons --resume --out D/B, cut short",
    "train digits --resume --out D/R, was begun with the data set two-moons",
    "train two-moons --resume --steps 7 --out D/R, was begun with --steps 6",
    "train two-moons --resume --seed 7 --out D/R, was begun with --seed 2",
    "train two-moons --resume --noise ve --out D/R, was begun with --noise edm",
    "train, missing required parameter",
    "sample D/X, there is no run folder",
    "sample D/E, holds no run",
    "sample D/B, cut short",
    "sample D/R --sampler hein --out D/X, there is no sampler 'hein'",
    "sample D/R --n 0 --out D/X, --n is 0",
    "sample D/R --steps 0 --out D/X, --steps is 0",
    "sample D/R --out D/S, already holds samples.npy",
    "sample D/R --out D/F, is a file",
    "bench gem, there is no benchmark 'gem'",
    "bench gemm --shapes 10x10, a shape is MxKxN",
    "bench worker-pool --shapes 8x8x8, has no choice of shape",
  })
  void badInputIsOneLineAndChangesNothing(String args, String expected) throws IOException {
    run("train two-moons --seed 2 --out R" + SMALL);
    Files.createDirectory(folder.resolve("E"));
    Files.createFile(folder.resolve("F"));
    Files.createDirectory(folder.resolve("S"));
    Files.writeString(folder.resolve("S/samples.npy"), "mine");
    Files.createDirectory(folder.resolve("B"));
    byte[] model = Files.readAllBytes(folder.resolve("R/model.safetensors"));
    Files.write(folder.resolve("B/model.safetensors"), Arrays.copyOf(model, model.length / 2));
    Files.write(folder.resolve("cut.npy"), npy(20));
    Map<String, String> before = contents();
    Run bad =
        Run.of(args.replace("D/", folder + "/").replaceAll(" D$", " " + folder).split(" ", -1));
    assertEquals(2, bad.status(), bad.toString());
    assertEquals(1, bad.err().size(), bad.toString());
    assertTrue(bad.err().getFirst().contains(expected), bad.toString());
    assertEquals(List.of(), bad.out());
    assertEquals(before, contents());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train two-moons --device cuda --out D/X",
        "sample D/R --device cuda --out D/X",
        "bench dsm-step --device cuda"
      })
  void withoutAGpuCudaIsRefusedForTheReasonThatDoctorShows(String args) throws IOException {
    assumeTrue(CudaDriver.probe() instanceof CudaDriver.Missing, "there is a GPU here");
    run("train two-moons --seed 2 --out R" + SMALL);
    Map<String, String> before = contents();
    Run run = run(args);
    assertEquals(2, run.status(), run.toString());
    assertEquals(1, run.err().size(), run.toString());
    String reason = ((CudaDriver.Missing) CudaDriver.probe()).reason();
    assertTrue(run.err().getFirst().contains(reason), run.toString());
    assertTrue(String.join("\n", run("doctor").out()).contains(reason), reason);
    assertEquals(before, contents());
  }

  private byte[] npy(int cut) throws IOException {
    Path file = folder.resolve("whole.npy");
    try (Arena arena = Arena.ofConfined()) {
      NpyFormat.write(file, ArrayData.allocate(arena, ElementType.F32, 30, 2));
    }
    byte[] bytes = Files.readAllBytes(file);
    return Arrays.copyOf(bytes, bytes.length - cut);
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        contents.put(
            file.toString(),
            Files.isDirectory(file) ? "folder" : Arrays.toString(Files.readAllBytes(file)));
      }
    }
    return contents;
  }

  /** A command whose bare folder names are put into the test's folder. */
  private Run run(String command) {
    List<String> args = new ArrayList<>();
    for (String word : command.replace("D/", folder + "/").split(" ", -1)) {
      args.add(word.matches("[A-Z]\\d?") ? folder.resolve(word).toString() : word);
    }
    return Run.of(args.toArray(String[]::new));
  }

  private static JsonNode json(Run run) throws IOException {
    return new ObjectMapper().readTree(run.out().getLast());
  }

  private long[] shape(String file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      return NpyFormat.read(folder.resolve(file), arena).shape();
    }
  }
}

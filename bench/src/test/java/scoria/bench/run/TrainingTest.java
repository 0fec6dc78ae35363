package scoria.bench.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import scoria.bench.UserError;
import scoria.bench.data.DataSet;
import scoria.bench.data.DataSets;
import scoria.engine.device.Device;
import scoria.engine.io.FormatException;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

class TrainingTest {
  private static final long STEPS = 60;

  @TempDir private Path folder;

  @AfterEach
  void allThreads() {
    Device.cpu().threads(Runtime.getRuntime().availableProcessors());
  }

  @ParameterizedTest
  @ValueSource(strings = {"two-moons", "digits"})
  void aRunThatWasStoppedGoesOnWithTheSameBits(String data) throws IOException {
    byte[] unbroken = model(whole(data, "unbroken", Noise.EDM, STEPS));
    RunFolder broken = RunFolder.create(folder.resolve("broken"));
    Training first =
        Training.begin(DataSets.of(data), settings(data, Noise.EDM, STEPS), broken, "");
    assertFalse(first.run(1000, new Count(), () -> first.step() == 30).done());
    Training second = resume(data, "broken");
    assertEquals(30, second.step());
    assertTrue(second.run(1000, new Count(), () -> false).done());
    assertArrayEquals(unbroken, model(broken));
    assertEquals(
        LongStream.rangeClosed(1, STEPS).boxed().toList(), steps("broken"), "steps in the metrics");
  }

  @Test
  void aRunThatWasKilledGoesOnWithTheSameBits() throws IOException {
    byte[] unbroken = model(whole("two-moons", "unbroken", Noise.EDM, STEPS));
    RunFolder killed = RunFolder.create(folder.resolve("killed"));
    Settings settings = settings("two-moons", Noise.EDM, STEPS);
    Training first = Training.begin(DataSets.of("two-moons"), settings, killed, "");
    assertThrows(Kill.class, () -> first.run(20, new Count(33), () -> false));
    // What else a process may leave behind that is killed while it writes.
    Files.writeString(killed.file("metrics.jsonl"), "{\"step\":34,\"lo", StandardOpenOption.APPEND);
    Files.write(killed.file("model.safetensors.0.part"), new byte[100]);
    Training second = resume("two-moons", "killed");
    assertEquals(20, second.step());
    second.run(20, new Count(), () -> false);
    assertArrayEquals(unbroken, model(killed));
    assertEquals(LongStream.rangeClosed(1, STEPS).boxed().toList(), steps("killed"));
    assertFalse(Files.exists(killed.file("model.safetensors.0.part")));
  }

  @ParameterizedTest
  @EnumSource
  void threadsDoNotMatter(Noise noise) throws IOException {
    Device.cpu().threads(1);
    byte[] one = model(whole("two-moons", "one", noise, 20));
    Device.cpu().threads(2);
    assertArrayEquals(one, model(whole("two-moons", "two", noise, 20)));
  }

  @Test
  void standardisationIsUndoneInSamples() throws IOException {
    Path csv = folder.resolve("far.csv");
    StringBuilder text = new StringBuilder();
    float[] points = DataSets.of("two-moons").draw(400, Rng.of(1)).toFloats();
    for (int i = 0; i < points.length; i += 2) {
      text.append(1000 + 50 * points[i]).append(',').append(-3 + points[i + 1] / 100).append('\n');
    }
    Files.writeString(csv, text);
    RunFolder run = whole("csv:" + csv, "far", Noise.EDM, 300);
    Tensor samples = Sampler.HEUN.sample(run.model(), 500, 16, Rng.of(2));
    float[] mean = samples.mean(0).toFloats();
    assertEquals(1025, mean[0], 15);
    assertEquals(-2.9975, mean[1], 0.002);
  }

  /** A Gaussian of the same moments, which the first weights stand for, has 1.33. */
  @ParameterizedTest
  @CsvSource({
    "EDM, HEUN",
    "EDM, EULER_MARUYAMA",
    "EDM, LANGEVIN",
    "VE, HEUN",
    "VP, EULER_MARUYAMA"
  })
  void samplesLieOnTheCircleOfModes(Noise noise, Sampler sampler) throws IOException {
    RunFolder run = RunFolder.create(folder.resolve("run"));
    Settings settings =
        Recipe.of(DataSets.of("8gaussians"), noise)
            .settings("8gaussians", 3, 400L, 128, 4e-3, 32, 1, 0.9, null);
    Training.begin(DataSets.of("8gaussians"), settings, run, "")
        .run(1000, new Count(), () -> false);
    Tensor samples = sampler.sample(run.model(), 300, sampler.defaultSteps(), Rng.of(2));
    Tensor radius = samples.square().sum(1).sqrt();
    double mean = radius.mean().item();
    assertEquals(4 / 1.414, mean, 0.2);
    assertEquals(0.5 / 1.414, Math.sqrt(radius.sub(mean).square().mean().item()), 0.3);
  }

  @ParameterizedTest
  @EnumSource
  void aSampleDependsOnItsRowAlone(Sampler sampler) throws IOException {
    Model model = whole("two-moons", "run", Noise.VP, 5).model();
    float[] few = sampler.sample(model, 3, 10, Rng.of(4)).toFloats();
    float[] many = sampler.sample(model, 50, 10, Rng.of(4)).narrow(0, 0, 3).toFloats();
    assertArrayEquals(few, many);
  }

  @Test
  void picturesAndReportAreMade() throws IOException {
    for (String data : List.of("two-moons", "digits")) {
      RunFolder run = RunFolder.create(folder.resolve(data));
      Training training =
          Training.begin(DataSets.of(data), settings(data, Noise.EDM, 5), run, "1.2");
      training.show(training.run(10, new Count(), () -> false).figures());
      assertEquals("720x420", size(run.file("loss.png")));
      assertEquals(data.equals("digits") ? "524x524" : "640x640", size(run.file("samples.png")));
      assertEquals(data.equals("two-moons"), Files.exists(run.file("field.png")));
      String report = Files.readString(run.file("report.html"));
      assertTrue(report.contains("samples.png") && report.contains("steps_per_second"), report);
      String json = Files.readString(run.file("run.json"));
      assertTrue(json.contains("\"seed\" : 3") && json.contains("vector_bits"), json);
    }
  }

  @Test
  void aDamagedCheckpointIsNotUsed() throws IOException {
    RunFolder run = whole("two-moons", "run", Noise.EDM, 2);
    byte[] good = model(run);
    byte[] flipped = good.clone();
    flipped[good.length - 1000] ^= 1;
    assertDamaged(run, flipped, "checksum");
    assertDamaged(run, Arrays.copyOf(good, good.length - 1), "cut short");
    assertDamaged(run, new byte[0], "0 bytes");
    String text = new String(good, StandardCharsets.ISO_8859_1);
    assertDamaged(run, bytes(text.replace("scoria run 1", "scoria run 9")), "no run of Scoria");
    assertDamaged(run, bytes(text.replace("\\\"hidden\\\":16", "\\\"hidden\\\":xx")), "settings");
    Files.write(
        run.file("model.safetensors"),
        bytes(text.replace("\\\"hidden\\\":16", "\\\"hidden\\\":17")));
    assertTrue(
        String.valueOf(assertThrows(UserError.class, run::model).getMessage()).contains("damaged"));
    assertThrows(UserError.class, () -> resume("two-moons", "run"));
  }

  @Test
  void trainingThatDivergesSaysSo() throws IOException {
    Settings s = settings("two-moons", Noise.EDM, STEPS);
    Settings wild =
        new Settings(
            s.data(),
            s.model(),
            s.hidden(),
            s.blocks(),
            s.noise(),
            s.sigmaData(),
            s.sigmaMin(),
            s.sigmaMax(),
            s.logLevelMean(),
            s.logLevelStd(),
            s.steps(),
            s.batch(),
            1e30,
            0,
            s.clip(),
            s.ema(),
            s.seed());
    RunFolder run = RunFolder.create(folder.resolve("wild"));
    Training training = Training.begin(DataSets.of("two-moons"), wild, run, "");
    Training.Diverged end =
        assertThrows(Training.Diverged.class, () -> training.run(1, new Count(), () -> false));
    assertTrue(String.valueOf(end.getMessage()).contains("--lr"), end.getMessage());
  }

  private void assertDamaged(RunFolder run, byte[] bytes, String expected) throws IOException {
    Files.write(run.file("model.safetensors"), bytes);
    String line = String.valueOf(assertThrows(FormatException.class, run::model).getMessage());
    assertTrue(line.contains(expected), line);
    assertThrows(FormatException.class, () -> resume("two-moons", "run"));
  }

  private RunFolder whole(String data, String name, Noise noise, long steps) throws IOException {
    RunFolder run = RunFolder.create(folder.resolve(name));
    Training.begin(DataSets.of(data), settings(data, noise, steps), run, "")
        .run(1000, new Count(), () -> false);
    return run;
  }

  private Training resume(String data, String name) throws IOException {
    return Training.resume(DataSets.of(data), RunFolder.open(folder.resolve(name)), "");
  }

  private static Settings settings(String name, Noise noise, long steps) {
    DataSet data = DataSets.of(name);
    return Recipe.of(data, noise).settings(name, 3, steps, 64, 4e-3, 16, 1, 0.9, null);
  }

  private List<Long> steps(String name) throws IOException {
    return Metrics.read(folder.resolve(name).resolve("metrics.jsonl")).stream()
        .map(Metrics.Row::step)
        .toList();
  }

  private static byte[] model(RunFolder run) throws IOException {
    return Files.readAllBytes(run.file("model.safetensors"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String size(Path picture) throws IOException {
    BufferedImage image = ImageIO.read(picture.toFile());
    return image.getWidth() + "x" + image.getHeight();
  }

  /** The end of a process. */
  private static final class Kill extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Watches, and ends the process after some step. */
  private record Count(long killedAfter) implements Progress {
    Count() {
      this(-1);
    }

    @Override
    public void at(long step, double loss) {
      if (step == killedAfter) {
        throw new Kill();
      }
    }

    @Override
    public void close() {}
  }
}

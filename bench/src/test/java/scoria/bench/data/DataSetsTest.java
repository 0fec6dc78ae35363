package scoria.bench.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scoria.bench.UserError;
import scoria.engine.io.ArrayData;
import scoria.engine.io.NpyFormat;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.ElementType;

class DataSetsTest {
  private static final int N = 200_000;

  @TempDir private Path folder;

  /**
   * Moments by hand: E cos = 0, E sin = 2/pi, E cos^2 = E sin^2 = 1/2 for an even angle on [0, pi].
   */
  @Test
  void twoMoonsHasItsMoments() {
    Moments moons = Moments.of("two-moons");
    assertEquals(0.5, moons.meanX, 0.01);
    assertEquals(0.25, moons.meanY, 0.01);
    double sin = 2 / Math.PI;
    double xy = 0.5 * (0.5 - sin);
    double yy = 0.5 * 0.5 + 0.5 * (0.75 - sin);
    assertEquals(1 - 0.25 + 0.01, moons.varX, 0.01);
    assertEquals(yy - 0.0625 + 0.01, moons.varY, 0.01);
    assertEquals(xy - 0.125, moons.covariance, 0.01);
  }

  /** Without noise a point lies on one of two arcs. */
  @Test
  void twoMoonsLieOnTheArcsOfScikitLearn() {
    float[] points = DataSets.of("two-moons").draw(20_000, Rng.of(3)).toFloats();
    double squares = 0;
    int outer = 0;
    for (int i = 0; i < points.length; i += 2) {
      double toOuter = toArc(points[i], points[i + 1]);
      double toInner = toArc(1 - points[i], 0.5 - points[i + 1]);
      outer += toOuter < toInner ? 1 : 0;
      squares += Math.pow(Math.min(toOuter, toInner), 2);
    }
    assertEquals(10_000, outer, 300);
    // Across the arc only the noise's radial part is left; past its ends both.
    assertEquals(0.1, Math.sqrt(squares / 20_000), 0.005);
  }

  /** Distance to the half circle (cos t, sin t), t in [0, pi]. */
  private static double toArc(double x, double y) {
    return y >= 0
        ? Math.abs(Math.hypot(x, y) - 1)
        : Math.min(Math.hypot(x - 1, y), Math.hypot(x + 1, y));
  }

  @Test
  void eightGaussiansStandOnACircle() {
    Moments ring = Moments.of("8gaussians");
    double radius = 4 / 1.414;
    double variance = radius * radius / 2 + Math.pow(0.5 / 1.414, 2);
    assertEquals(0, ring.meanX, 0.03);
    assertEquals(0, ring.meanY, 0.03);
    assertEquals(variance, ring.varX, 0.05);
    assertEquals(variance, ring.varY, 0.05);
    assertEquals(0, ring.covariance, 0.05);
  }

  @Test
  void theBoardHasEightBlackSquares() {
    float[] points = DataSets.of("checkerboard").draw(N, Rng.of(1)).toFloats();
    int[] squares = new int[16];
    for (int i = 0; i < points.length; i += 2) {
      int column = (int) Math.floor((points[i] + 4) / 2);
      int row = (int) Math.floor((points[i + 1] + 4) / 2);
      squares[4 * row + column]++;
    }
    for (int i = 0; i < 16; i++) {
      boolean black = (i / 4 + i % 4) % 2 == 0;
      assertEquals(black ? N / 8.0 : 0, squares[i], black ? 800 : 0, Arrays.toString(squares));
    }
  }

  @Test
  void theRollWindsOutwards() {
    float[] points = DataSets.of("swiss-roll").draw(20_000, Rng.of(1)).toFloats();
    double least = 9;
    double most = 0;
    double sum = 0;
    for (int i = 0; i < points.length; i += 2) {
      double radius = Math.hypot(points[i], points[i + 1]);
      least = Math.min(least, radius);
      most = Math.max(most, radius);
      sum += radius;
    }
    assertEquals(0.3 * Math.PI, least, 0.45);
    assertEquals(0.9 * Math.PI, most, 0.45);
    assertEquals(0.6 * Math.PI, sum / 20_000, 0.02);
  }

  @Test
  void theMixtureHasItsMean() {
    Moments three = Moments.of("mixture");
    assertEquals(0.5 * -2 + 0.3 * 2 + 0.2 * 0.5, three.meanX, 0.02);
    assertEquals(0.5 * -1 + 0.3 * -0.5 + 0.2 * 2.5, three.meanY, 0.02);
  }

  @Test
  void aDrawIsAFunctionOfSeedAndPlace() {
    for (String name : List.of("two-moons", "checkerboard", "digits")) {
      DataSet set = DataSets.of(name);
      Rng rng = Rng.of(5);
      float[] first = set.draw(10, rng).toFloats();
      float[] second = set.draw(10, rng).toFloats();
      Rng again = Rng.of(5);
      assertArrayEquals(first, set.draw(10, again).toFloats());
      assertArrayEquals(second, set.draw(10, again).toFloats());
      assertTrue(!Arrays.equals(first, second), name);
    }
  }

  @Test
  void digitsAreAllThereAndStandardised() {
    DataSet digits = DataSets.of("digits");
    assertEquals(List.of(8, 8), digits.format().shape());
    Tensor all = digits.show(5000, Rng.of(0));
    assertEquals(Shape.of(1797, 64), all.shape());
    assertEquals(0, digits.format().low());
    assertEquals(16, digits.format().high());
    // The first row of the file, an image of a nought; and the sum over all, from the file by awk.
    float[] first = all.narrow(0, 0, 1).toFloats();
    assertArrayEquals(
        new float[] {0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0},
        Arrays.copyOf(first, 16));
    assertEquals(561_718, all.sum().item(), 1);
    Tensor unit = digits.standardisation().apply(all);
    assertEquals(0, unit.mean().item(), 1e-4);
    assertEquals(1, unit.square().mean().item(), 1e-4);
    assertArrayEquals(all.toFloats(), digits.standardisation().undo(unit).toFloats(), 1e-4f);
  }

  @Test
  void aTableIsStandardisedByColumns() throws IOException {
    DataSet table = csv("a,b,c\n1,10,7\n3,30,7\n\n5,50,7\n");
    assertEquals(List.of(3), table.format().shape());
    Tensor unit = table.standardisation().apply(table.show(9, Rng.of(0)));
    float r = (float) Math.sqrt(1.5);
    assertArrayEquals(new float[] {-r, -r, 0, 0, 0, 0, r, r, 0}, unit.toFloats(), 1e-6f);
  }

  @Test
  void namesOfColumnsAreOptional() throws IOException {
    assertEquals(3, csv("1,2\n3,4\n5,6").show(9, Rng.of(0)).size(0));
  }

  @ParameterizedTest
  @CsvSource({
    "'1,2\n3\n', 'line 2: has 1 fields'",
    "'x,y\n1,2\n3,z\n', 'line 3, field 2: ''z'' is no number'",
    "'x,y\n', holds no points",
    "'', holds no points",
    "'1,2\n3,nan\n', is no number",
    "'1,2\n3,NaN\n', 'NaN in point 1, coordinate 1'",
  })
  void aBadTableIsOneLine(String text, String expected) throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), text);
    assertRefused("csv:" + file, expected);
  }

  @Test
  void npyHoldsPointsOrImages() throws IOException {
    assertEquals(List.of(2), npy(ElementType.F64, 5, 2).format().shape());
    assertEquals(List.of(1), npy(ElementType.F32, 5).format().shape());
    DataSet images = npy(ElementType.U8, 5, 2, 3);
    assertEquals(List.of(2, 3), images.format().shape());
    assertTrue(images.format().isImage());
    assertEquals(Shape.of(5, 6), images.show(9, Rng.of(0)).shape());
    assertThrows(UserError.class, () -> npy(ElementType.F32, 1, 1, 1, 1));
    assertThrows(UserError.class, () -> npy(ElementType.F32, 0, 2));
  }

  @Test
  void aTruncatedNpyIsOneLine() throws IOException {
    npy(ElementType.F32, 5, 2);
    Path file = folder.resolve("a.npy");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
    assertRefused("npy:" + file, "cut short");
  }

  @Test
  void idxIsReadCompressedOrNot() throws IOException {
    byte[] whole = idx(0x803, 2, 2, 3, new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, (byte) 255});
    Path plain = Files.createDirectory(folder.resolve("plain"));
    Files.write(plain.resolve("train-images-idx3-ubyte"), whole);
    Path zipped = Files.createDirectory(folder.resolve("zipped"));
    try (GZIPOutputStream out =
        new GZIPOutputStream(Files.newOutputStream(zipped.resolve("train-images-idx3-ubyte.gz")))) {
      out.write(whole);
    }
    for (Path place : List.of(plain, zipped)) {
      DataSet images = DataSets.of("idx:" + place);
      assertEquals(List.of(2, 3), images.format().shape());
      assertArrayEquals(
          new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255},
          images.show(9, Rng.of(0)).toFloats());
    }
  }

  @Test
  void aBadIdxIsOneLine() throws IOException {
    Path file = folder.resolve("train-images-idx3-ubyte");
    assertRefused("idx:" + folder, "there is no train-images-idx3-ubyte");
    Files.write(file, idx(0x803, 2, 2, 3, new byte[11]));
    assertRefused("idx:" + folder, "cut short");
    Files.write(file, new byte[2]);
    assertRefused("idx:" + folder, "cut short");
    Files.write(file, idx(0x801, 2, 2, 3, new byte[12]));
    assertRefused("idx:" + folder, "begins with 0x00000801");
    Files.write(file, idx(0x803, -1, 2, 3, new byte[12]));
    assertRefused("idx:" + folder, "claims -1 images");
    Files.delete(file);
    Files.write(folder.resolve("train-images-idx3-ubyte.gz"), new byte[40]);
    assertRefused("idx:" + folder, "damaged");
  }

  @ParameterizedTest
  @CsvSource({
    "two-mons, did you mean two-moons?",
    "digit, did you mean digits?",
    "zzzzzzzz, there are 8gaussians",
    "cloud.npy, npy:cloud.npy",
    "npy:none.npy, there is no file 'none.npy'",
    "csv:, there is no file ''",
    "idx:none, there is no folder 'none'",
    "npy:., a folder",
    "idx:pom.xml, no folder",
  })
  void anUnknownNameIsOneLine(String name, String expected) {
    assertRefused(name, expected);
  }

  private static void assertRefused(String name, String expected) {
    String line =
        String.valueOf(assertThrows(UserError.class, () -> DataSets.of(name)).getMessage());
    assertTrue(line.contains(expected) && line.lines().count() == 1, line);
  }

  private DataSet csv(String text) throws IOException {
    return DataSets.of("csv:" + Files.writeString(folder.resolve("t.csv"), text));
  }

  private DataSet npy(ElementType type, long... shape) throws IOException {
    Path file = folder.resolve("a.npy");
    try (Arena arena = Arena.ofConfined()) {
      ArrayData zeros = ArrayData.allocate(arena, type, shape);
      NpyFormat.write(
          file,
          new ArrayData(
              type, shape, MemorySegment.ofArray(new byte[(int) zeros.data().byteSize()])));
    }
    return DataSets.of("npy:" + file);
  }

  private static byte[] idx(int magic, int count, int height, int width, byte[] pixels)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(magic);
    out.writeInt(count);
    out.writeInt(height);
    out.writeInt(width);
    out.write(pixels);
    return bytes.toByteArray();
  }

  private record Moments(double meanX, double meanY, double varX, double varY, double covariance) {
    static Moments of(String name) {
      float[] p = DataSets.of(name).draw(N, Rng.of(1)).toFloats();
      double x = 0;
      double y = 0;
      double xx = 0;
      double yy = 0;
      double xy = 0;
      for (int i = 0; i < p.length; i += 2) {
        x += p[i];
        y += p[i + 1];
        xx += p[i] * p[i];
        yy += p[i + 1] * p[i + 1];
        xy += p[i] * p[i + 1];
      }
      x /= N;
      y /= N;
      return new Moments(x, y, xx / N - x * x, yy / N - y * y, xy / N - x * y);
    }
  }
}

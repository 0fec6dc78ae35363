package scoria.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The functions on NumPy's tables of hard arguments, which come with its tests: values of higher
 * precision, rounded. Where this machine has none the tests are skipped, but for {@code CI=true},
 * where they fail.
 */
class UlpTablesTest {
  private static final String PREFIX = "umath-validation-set-";

  private static Path tables = Path.of("");

  /** Tables by their names, and what float64 is held to: float32 is held to 2 ulp throughout. */
  private enum Table {
    ARCCOS(PointwiseF32::acos, PointwiseF64::acos, 1),
    ARCCOSH(PointwiseF32::acosh, PointwiseF64::acosh, 1),
    ARCSIN(PointwiseF32::asin, PointwiseF64::asin, 1),
    ARCSINH(PointwiseF32::asinh, PointwiseF64::asinh, 1),
    ARCTAN(PointwiseF32::atan, PointwiseF64::atan, 1),
    ARCTANH(PointwiseF32::atanh, PointwiseF64::atanh, 1),
    CBRT(PointwiseF32::cbrt, PointwiseF64::cbrt, 1),
    COS(PointwiseF32::cos, PointwiseF64::cos, 1),
    COSH(PointwiseF32::cosh, PointwiseF64::cosh, 1),
    EXP(PointwiseF32::exp, PointwiseF64::exp, 1),
    EXP2(PointwiseF32::exp2, PointwiseF64::exp2, 1),
    EXPM1(PointwiseF32::expm1, PointwiseF64::expm1, 2),
    LOG(PointwiseF32::log, PointwiseF64::log, 1),
    LOG10(PointwiseF32::log10, PointwiseF64::log10, 1),
    LOG1P(PointwiseF32::log1p, PointwiseF64::log1p, 1),
    LOG2(PointwiseF32::log2, PointwiseF64::log2, 1),
    SIN(PointwiseF32::sin, PointwiseF64::sin, 1),
    SINH(PointwiseF32::sinh, PointwiseF64::sinh, 1),
    TAN(PointwiseF32::tan, PointwiseF64::tan, 1),
    TANH(PointwiseF32::tanh, PointwiseF64::tanh, 1);

    private final PointwiseKernel float32;
    private final PointwiseKernel float64;
    private final long ulps64;

    Table(PointwiseKernel float32, PointwiseKernel float64, long ulps64) {
      this.float32 = float32;
      this.float64 = float64;
      this.ulps64 = ulps64;
    }
  }

  @BeforeAll
  static void find() throws IOException, InterruptedException {
    String script =
        """
        import glob, numpy, os
        found = glob.glob(os.path.join(os.path.dirname(numpy.__file__), "*core", "tests", "data", \
        "umath-validation-set-sin.csv"))
        found += glob.glob(os.path.join(os.path.dirname(numpy.__file__), "core", "tests", "data", \
        "umath-validation-set-sin.csv"))
        print(os.path.dirname(found[0]))
        """;
    for (String python : List.of("python3", "/usr/bin/python3")) {
      try {
        Process process = new ProcessBuilder(python, "-c", script).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() == 0) {
          tables = Path.of(out.strip());
          return;
        }
      } catch (IOException e) {
        continue; // There is no such program.
      }
    }
  }

  @BeforeEach
  void needTables() {
    boolean missing = tables.toString().isEmpty();
    String what = "no python3 with numpy and its tests (apt-get install python3-numpy)";
    if (missing && "true".equals(System.getenv("CI"))) {
      fail(what);
    }
    assumeFalse(missing, what);
  }

  /** A table that a later NumPy brings is not passed over. */
  @Test
  void everyTableIsTaken() throws IOException {
    Set<String> there;
    try (Stream<Path> files = Files.list(tables)) {
      there =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith(PREFIX) && name.endsWith(".csv"))
              .collect(Collectors.toCollection(TreeSet::new));
    }
    Set<String> taken =
        Stream.of(Table.values()).map(UlpTablesTest::file).collect(Collectors.toSet());
    assertEquals(new TreeSet<>(taken), there);
  }

  private static String file(Table table) {
    return PREFIX + table.name().toLowerCase(java.util.Locale.ROOT) + ".csv";
  }

  @ParameterizedTest
  @EnumSource
  void float32WithinTwoUlp(Table table) throws IOException {
    List<long[]> rows = rows(table, "np.float32");
    assertTrue(rows.size() > 100, "rows: " + rows.size());
    int n = rows.size();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment x = AlignedMemory.floats(arena, n);
      for (int i = 0; i < n; i++) {
        x.setAtIndex(ValueLayout.JAVA_INT, i, (int) rows.get(i)[0]);
      }
      table.float32.run(x, 0, x, 0, n);
      long worst = 0;
      for (int i = 0; i < n; i++) {
        int want = (int) rows.get(i)[1];
        int got = x.getAtIndex(ValueLayout.JAVA_INT, i);
        boolean nan = Float.isNaN(Float.intBitsToFloat(want));
        assertEquals(nan, Float.isNaN(Float.intBitsToFloat(got)), () -> what(rows, want));
        long distance = nan ? 0 : Math.abs(place(want, 31) - place(got, 31));
        assertTrue(distance <= 2, () -> distance + " ulp: " + what(rows, want));
        worst = Math.max(worst, distance);
      }
      print(table + " float32: " + worst);
    }
  }

  @ParameterizedTest
  @EnumSource
  void float64WithinOurOwnBound(Table table) throws IOException {
    List<long[]> rows = rows(table, "np.float64");
    int n = rows.size();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment x = AlignedMemory.doubles(arena, n);
      for (int i = 0; i < n; i++) {
        x.setAtIndex(ValueLayout.JAVA_LONG, i, rows.get(i)[0]);
      }
      table.float64.run(x, 0, x, 0, n);
      long worst = 0;
      for (int i = 0; i < n; i++) {
        long want = rows.get(i)[1];
        long got = x.getAtIndex(ValueLayout.JAVA_LONG, i);
        boolean nan = Double.isNaN(Double.longBitsToDouble(want));
        assertEquals(nan, Double.isNaN(Double.longBitsToDouble(got)), () -> what(rows, want));
        long distance = nan ? 0 : Math.abs(place(want, 63) - place(got, 63));
        assertTrue(distance <= table.ulps64, () -> distance + " ulp: " + what(rows, want));
        worst = Math.max(worst, distance);
      }
      print(table + " float64: " + worst + " of " + n);
    }
  }

  private static void print(String found) {
    if (Boolean.getBoolean("scoria.ulp.print")) {
      System.out.println(found);
    }
  }

  private static String what(List<long[]> rows, long want) {
    return rows.stream()
        .filter(row -> row[1] == want)
        .map(row -> "0x" + Long.toHexString(row[0]) + " -> 0x" + Long.toHexString(want))
        .findFirst()
        .orElse("a value of " + want);
  }

  /** The number's place among all of its type: neighbours are 1 apart, and both zeros are 0. */
  private static long place(long bits, int signBit) {
    long size = bits & ((1L << signBit) - 1);
    return (bits >> signBit & 1) == 0 ? size : -size;
  }

  /** Argument and value as bit patterns. */
  private static List<long[]> rows(Table table, String dtype) throws IOException {
    List<long[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(tables.resolve(file(table)))) {
      String[] words = line.strip().split(",");
      if (words[0].equals(dtype)) {
        rows.add(new long[] {bits(words[1]), bits(words[2])});
      }
    }
    return rows;
  }

  private static long bits(String word) {
    return Long.parseUnsignedLong(word.strip().substring("0x".length()), 16);
  }
}

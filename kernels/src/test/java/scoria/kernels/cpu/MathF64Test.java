package scoria.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every float64 function at the points of a table of high-precision values, and at the ends. */
class MathF64Test {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  /** Largest error allowed in ulp, and the values at -inf, -0, 0, inf. */
  private enum Function {
    EXP(PointwiseF64::exp, 0.75, 0, 1, 1, INF),
    EXPM1(PointwiseF64::expm1, 1.75, -1, -0.0, 0, INF),
    LOG(PointwiseF64::log, 0.75, NAN, -INF, -INF, INF),
    LOG1P(PointwiseF64::log1p, 1.25, NAN, -0.0, 0, INF),
    SIN(PointwiseF64::sin, 1.2, NAN, -0.0, 0, NAN),
    COS(PointwiseF64::cos, 1.1, NAN, 1, 1, NAN),
    TANH(PointwiseF64::tanh, 1.4, -1, -0.0, 0, 1),
    SIGMOID(PointwiseF64::sigmoid, 1.75, 0, 0.5, 0.5, 1),
    SILU(PointwiseF64::silu, 2.5, -0.0, -0.0, 0, INF),
    SOFTPLUS(PointwiseF64::softplus, 1.5, 0, Math.log(2), Math.log(2), INF),
    GELU(PointwiseF64::gelu, 5, -0.0, -0.0, 0, INF),
    ERF(PointwiseF64::erf, 0.9, -1, -0.0, 0, 1),
    TAN(PointwiseF64::tan, 0.6, NAN, -0.0, 0, NAN),
    ASIN(PointwiseF64::asin, 0.51, NAN, -0.0, 0, NAN),
    ACOS(PointwiseF64::acos, 0.51, NAN, Math.PI / 2, Math.PI / 2, NAN),
    ATAN(PointwiseF64::atan, 0.51, -Math.PI / 2, -0.0, 0, Math.PI / 2),
    SINH(PointwiseF64::sinh, 1.1, -INF, -0.0, 0, INF),
    COSH(PointwiseF64::cosh, 1.1, INF, 1, 1, INF),
    ASINH(PointwiseF64::asinh, 0.51, -INF, -0.0, 0, INF),
    ACOSH(PointwiseF64::acosh, 0.51, NAN, NAN, NAN, INF),
    ATANH(PointwiseF64::atanh, 0.51, NAN, -0.0, 0, NAN),
    EXP2(PointwiseF64::exp2, 0.75, 0, 1, 1, INF),
    LOG2(PointwiseF64::log2, 0.51, NAN, -INF, -INF, INF),
    LOG10(PointwiseF64::log10, 0.51, NAN, -INF, -INF, INF),
    CBRT(PointwiseF64::cbrt, 0.51, -INF, -0.0, 0, INF),
    ERFC(PointwiseF64::erfc, 4, 2, 1, 1, 0),
    LGAMMA(PointwiseF64::lgamma, 1.25, INF, INF, INF, INF),
    DIGAMMA(PointwiseF64::digamma, 0.6, NAN, INF, -INF, INF);

    private final PointwiseKernel kernel;
    private final double ulps;
    private final double[] ends;

    Function(PointwiseKernel kernel, double ulps, double... ends) {
      this.kernel = kernel;
      this.ulps = ulps;
      this.ends = ends;
    }

    private double[] of(double... x) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment s = AlignedMemory.doubles(arena, x.length);
        MemorySegment.copy(x, 0, s, ValueLayout.JAVA_DOUBLE, 0, x.length);
        kernel.run(s, 0, s, 0, x.length);
        return s.toArray(ValueLayout.JAVA_DOUBLE);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void errorIsWithinWhatIsDocumented(Function f) throws IOException {
    String prefix = f.name().toLowerCase(Locale.ROOT) + " ";
    List<double[]> rows =
        table().lines().filter(line -> line.startsWith(prefix)).map(MathF64Test::row).toList();
    assertTrue(rows.size() > 300, "points in the table: " + rows.size());
    double[] y = f.of(rows.stream().mapToDouble(row -> row[0]).toArray());
    double worst = 0;
    double worstAt = 0;
    for (int i = 0; i < y.length; i++) {
      double[] row = rows.get(i);
      double error = Math.abs(y[i] - row[1] - row[2]) / Math.ulp(row[1]);
      if (!(error <= worst)) {
        worst = error;
        worstAt = row[0];
      }
    }
    String found = f + ": " + worst + " ulp at " + worstAt;
    if (Boolean.getBoolean("scoria.ulp.print")) {
      System.out.println(found);
    }
    assertTrue(worst <= f.ulps, found + ", allowed " + f.ulps);
  }

  @ParameterizedTest
  @EnumSource
  void endsAndZeros(Function f) {
    double[] y = f.of(-INF, -0.0, 0.0, INF, NAN);
    for (int i = 0; i < 4; i++) {
      assertEquals(f.ends[i], y[i], f + ", case " + i);
    }
    assertTrue(Double.isNaN(y[4]), f + "(NaN)");
  }

  private static double[] row(String line) {
    String[] words = line.split(" ");
    double[] row = new double[3];
    for (int i = 0; i < 3; i++) {
      row[i] = Double.longBitsToDouble(Long.parseUnsignedLong(words[i + 1], 16));
    }
    return row;
  }

  private static String table() throws IOException {
    try (InputStream in = MathF64Test.class.getResourceAsStream("math-float64.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}

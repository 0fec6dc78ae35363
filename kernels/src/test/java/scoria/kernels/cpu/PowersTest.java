package scoria.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Powers, angles and quotients: values of high precision, special cases, whole numbers. */
class PowersTest {
  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    1,
    -1,
    0.5,
    -0.5,
    2,
    -2,
    3,
    -3,
    1e300,
    -1e300,
    1e-300,
    -1e-300,
    5e-324,
    -5e-324,
    0x1p53,
    0x1p53 + 2,
    0x1.fffffffffffffp51,
    -0x1.8p1,
    1.0000000000000002,
    0.9999999999999999,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN,
    1023,
    -1074,
    -1075,
    1024
  };

  private static double of(PairwiseKernel kernel, double a, double b) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment s = AlignedMemory.doubles(arena, 3);
      s.setAtIndex(ValueLayout.JAVA_DOUBLE, 0, a);
      s.setAtIndex(ValueLayout.JAVA_DOUBLE, 1, b);
      kernel.run(s, 0, 0, 1, s, 1, 0, 1, s, 2, 0, 1, 1);
      return s.getAtIndex(ValueLayout.JAVA_DOUBLE, 2);
    }
  }

  private static PairwiseKernel kernel(String name) {
    return switch (name) {
      case "pow" -> PairwiseF64::pow;
      case "atan2" -> PairwiseF64::atan2;
      case "hypot" -> PairwiseF64::hypot;
      case "polygamma" ->
          (a, aAt, aRow, aCol, b, bAt, bRow, bCol, out, outAt, outRow, rows, columns) ->
              PointwiseF64.polygammaScalar(
                  a, aAt, b.getAtIndex(ValueLayout.JAVA_DOUBLE, bAt), out, outAt, columns);
      default -> throw new IllegalArgumentException(name);
    };
  }

  @ParameterizedTest
  @CsvSource({"pow,0.8", "atan2,0.51", "hypot,0.51", "polygamma,8"})
  void errorIsWithinWhatIsDocumented(String name, double allowed) throws IOException {
    List<String> lines = table().lines().filter(line -> line.startsWith(name + " ")).toList();
    assertTrue(lines.size() > 300, "points in the table: " + lines.size());
    double worst = 0;
    String worstAt = "";
    for (String line : lines) {
      String[] words = line.split(" ");
      double[] row = new double[4];
      for (int i = 0; i < 4; i++) {
        row[i] = Double.longBitsToDouble(Long.parseUnsignedLong(words[i + 1], 16));
      }
      double y = of(kernel(name), row[0], row[1]);
      double error = Math.abs(y - row[2] - row[3]) / Math.ulp(row[2]);
      if (!(error <= worst)) {
        worst = error;
        worstAt = row[0] + ", " + row[1];
      }
    }
    String found = name + ": " + worst + " ulp at " + worstAt;
    if (Boolean.getBoolean("scoria.ulp.print")) {
      System.out.println(found);
    }
    assertTrue(worst <= allowed, found + ", allowed " + allowed);
  }

  private static String table() throws IOException {
    try (InputStream in = PowersTest.class.getResourceAsStream("math2-float64.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  /** Where one is right to the bit, the other is, and otherwise they are an ulp or so apart. */
  private static void alike(PairwiseKernel kernel, DoubleBinaryOperator other) {
    for (double a : SPECIAL) {
      for (double b : SPECIAL) {
        double want = other.applyAsDouble(a, b);
        double got = of(kernel, a, b);
        double ulps = Double.isFinite(want) && want != 0 ? 1.5 * Math.ulp(want) : 0;
        assertEquals(want, got, ulps, a + ", " + b);
        assertEquals(Math.copySign(1.0, want), Math.copySign(1.0, got), a + ", " + b);
      }
    }
  }

  @Test
  void specialCases() {
    // Java's pow of 1 or -1 is NaN where C's and ours is 1, as the lines after say.
    alike(
        PairwiseF64::pow,
        (a, b) -> {
          boolean differs = Math.abs(a) == 1 && !Double.isFinite(b);
          return differs ? of(PairwiseF64::pow, a, b) : positive(StrictMath.pow(a, b));
        });
    for (double b : SPECIAL) {
      assertEquals(1, of(PairwiseF64::pow, 1, b));
    }
    assertEquals(1, of(PairwiseF64::pow, -1, Double.NEGATIVE_INFINITY));
    assertEquals(1, of(PairwiseF64::pow, -1, Double.POSITIVE_INFINITY));
    assertEquals(Double.NaN, of(PairwiseF64::pow, -1, Double.NaN));
    alike(PairwiseF64::atan2, (a, b) -> positive(StrictMath.atan2(a, b)));
    alike(PairwiseF64::hypot, (a, b) -> positive(StrictMath.hypot(a, b)));
    alike(PairwiseF64::fmod, (a, b) -> positive(a % b));
  }

  private static double positive(double x) {
    return Double.isNaN(x) ? Double.NaN : x;
  }

  @Test
  void remaindersAreExact() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      double a = random.nextGaussian() * Math.scalb(1.0, random.nextInt(-300, 300));
      double b = random.nextGaussian() * Math.scalb(1.0, random.nextInt(-300, 300));
      assertEquals(a % b, of(PairwiseF64::fmod, a, b), a + " by " + b);
    }
  }

  @Test
  void quotientsRoundDown() {
    Random random = new Random(4);
    for (int i = 0; i < 2_000; i++) {
      double a = 100 * random.nextGaussian();
      double b = i % 5 == 0 ? Math.rint(a) : 3 * random.nextGaussian();
      if (b == 0) {
        continue;
      }
      BigDecimal exact = new BigDecimal(a).divide(new BigDecimal(b), 60, RoundingMode.FLOOR);
      double floor = exact.setScale(0, RoundingMode.FLOOR).doubleValue();
      assertEquals(floor, of(PairwiseF64::floorDivide, a, b), 0.0, a + " by " + b);
      double rest =
          new BigDecimal(a)
              .subtract(new BigDecimal(b).multiply(new BigDecimal(floor)))
              .doubleValue();
      assertEquals(rest, of(PairwiseF64::remainder, a, b), Math.ulp(b), a + " by " + b);
    }
    assertEquals(Double.NaN, of(PairwiseF64::remainder, 1, 0));
    assertEquals(Double.POSITIVE_INFINITY, of(PairwiseF64::floorDivide, 1, 0));
    assertEquals(-1, of(PairwiseF64::floorDivide, -1, Double.POSITIVE_INFINITY));
    assertEquals(
        Double.POSITIVE_INFINITY, of(PairwiseF64::remainder, -1, Double.POSITIVE_INFINITY));
    assertEquals(-0.0, of(PairwiseF64::remainder, 4, -2));
  }

  private static final long[] WHOLE = {
    0, 1, -1, 2, -2, 7, -7, 8, 31, 32, 33, 63, 64, 100, -100, Integer.MAX_VALUE, Integer.MIN_VALUE
  };

  private static void whole(
      PairwiseKernel i32, PairwiseKernel i64, PairwiseKernel u8, LongBinaryOperator f) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment s = AlignedMemory.doubles(arena, 4);
      for (long a : WHOLE) {
        for (long b : WHOLE) {
          s.setAtIndex(ValueLayout.JAVA_INT, 0, (int) a);
          s.setAtIndex(ValueLayout.JAVA_INT, 1, (int) b);
          i32.run(s, 0, 0, 1, s, 1, 0, 1, s, 2, 0, 1, 1);
          assertEquals(
              (int) f.applyAsLong(a, b), s.getAtIndex(ValueLayout.JAVA_INT, 2), a + " " + b);
          s.setAtIndex(ValueLayout.JAVA_LONG, 0, a);
          s.setAtIndex(ValueLayout.JAVA_LONG, 1, b);
          i64.run(s, 0, 0, 1, s, 1, 0, 1, s, 2, 0, 1, 1);
          assertEquals(f.applyAsLong(a, b), s.getAtIndex(ValueLayout.JAVA_LONG, 2), a + " " + b);
          s.set(ValueLayout.JAVA_BYTE, 0, (byte) a);
          s.set(ValueLayout.JAVA_BYTE, 1, (byte) b);
          u8.run(s, 0, 0, 1, s, 1, 0, 1, s, 2, 0, 1, 1);
          assertEquals(
              (byte) f.applyAsLong(a & 0xff, b & 0xff),
              s.get(ValueLayout.JAVA_BYTE, 2),
              a + " " + b);
        }
      }
    }
  }

  @Test
  void wholeNumbers() {
    whole(
        PairwiseI32::truncDivide,
        PairwiseI64::truncDivide,
        PairwiseU8::truncDivide,
        (a, b) -> b == 0 ? 0 : a / b);
    whole(PairwiseI32::fmod, PairwiseI64::fmod, PairwiseU8::fmod, (a, b) -> b == 0 ? 0 : a % b);
    whole(
        PairwiseI32::floorDivide,
        PairwiseI64::floorDivide,
        PairwiseU8::floorDivide,
        (a, b) -> b == 0 ? 0 : Math.floorDiv(a, b));
    whole(
        PairwiseI32::remainder,
        PairwiseI64::remainder,
        PairwiseU8::remainder,
        (a, b) -> b == 0 ? 0 : Math.floorMod(a, b));
    whole(PairwiseI32::bitAnd, PairwiseI64::bitAnd, PairwiseU8::bitAnd, (a, b) -> a & b);
    whole(PairwiseI32::bitOr, PairwiseI64::bitOr, PairwiseU8::bitOr, (a, b) -> a | b);
    whole(PairwiseI32::bitXor, PairwiseI64::bitXor, PairwiseU8::bitXor, (a, b) -> a ^ b);
    whole(
        PairwiseI32::shiftLeft,
        PairwiseI64::shiftLeft,
        PairwiseU8::shiftLeft,
        (a, b) -> b < 0 || b > 63 ? 0 : a << b);
    whole(
        PairwiseI32::shiftRight,
        PairwiseI64::shiftRight,
        PairwiseU8::shiftRight,
        (a, b) -> a >> (b < 0 || b > 63 ? 63 : b));
    whole(PairwiseI32::pow, PairwiseI64::pow, PairwiseU8::pow, PowersTest::power);
  }

  private static long power(long a, long b) {
    if (b < 0) {
      return a == 1 ? 1 : a == -1 ? (b % 2 == 0 ? 1 : -1) : 0;
    }
    return BigInteger.valueOf(a).modPow(BigInteger.valueOf(b), BigInteger.TWO.pow(64)).longValue();
  }

  @Test
  void leastIntegerByMinusOneStaysItself() {
    assertEquals(Long.MIN_VALUE, WholeNumbers.truncDivide(Long.MIN_VALUE, -1));
    assertEquals(Long.MIN_VALUE, WholeNumbers.floorDivide(Long.MIN_VALUE, -1));
    assertEquals(0, WholeNumbers.remainder(Long.MIN_VALUE, -1));
  }
}

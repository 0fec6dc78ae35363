package scoria.engine.tensor;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * Prints floating-point numbers in columns as NumPy does: the shortest digits that name the number,
 * but at most 8 after the point, aligned at the point; in exponent form for all if one is at least
 * 1e8, smaller than 1e-4, or more than 1000 times another.
 */
final class FloatFormat {
  private static final int DIGITS = 8;

  private final boolean single;
  private final boolean scientific;
  private final int before;
  private final int after;
  private final int exponent;
  private final int width;

  /**
   * Finds the columns' widths.
   *
   * @param values all that are to be printed
   * @param single whether they are float32 values
   */
  FloatFormat(double[] values, boolean single) {
    this.single = single;
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    this.scientific = isScientific(finite, single);
    int left = 0;
    int right = 0;
    int power = 0;
    for (double value : finite) {
      Parts parts = parts(value);
      left = Math.max(left, parts.whole.length());
      right = Math.max(right, parts.fraction.length());
      power = Math.max(power, parts.power.length());
    }
    this.after = right;
    this.exponent = power;
    // A point, and in exponent form an 'e' and a sign.
    int tail = 1 + right + (scientific ? 2 + power : 0);
    for (double value : values) {
      if (!Double.isFinite(value)) {
        left = Math.max(left, special(value).length() - tail);
      }
    }
    this.before = left;
    this.width = left + tail;
  }

  private static boolean isScientific(double[] finite, boolean single) {
    double[] sizes = Arrays.stream(finite).map(Math::abs).filter(v -> v != 0).toArray();
    if (sizes.length == 0) {
      return false;
    }
    double max = Arrays.stream(sizes).max().orElseThrow();
    double min = Arrays.stream(sizes).min().orElseThrow();
    double ratio = single ? (float) max / (float) min : max / min;
    return max >= 1e8 || min < 1e-4 || ratio > 1000;
  }

  private static String special(double value) {
    return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  }

  /**
   * A number as wide as all. Where the shortest digits end early, in exponent form or before the
   * point, more digits of the number itself follow rather than zeros.
   */
  String format(double value) {
    if (!Double.isFinite(value)) {
      String text = special(value);
      return " ".repeat(width - text.length()) + text;
    }
    Parts parts = scientific ? scientific(value, rounded(Math.abs(value), after)) : parts(value);
    String start = " ".repeat(before - parts.whole.length()) + parts.whole + "." + parts.fraction;
    int missing = after - parts.fraction.length();
    return scientific
        ? start + "0".repeat(missing) + "e" + parts.exponent(exponent)
        : start + " ".repeat(missing);
  }

  /** The number with some digits after the first. */
  private static BigDecimal rounded(double size, int digits) {
    return new BigDecimal(size).round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
  }

  /** A number on its own, with all its digits: in exponent form below 1e-4 and from 1e16. */
  static String scalar(double value, boolean single) {
    if (!Double.isFinite(value)) {
      return special(value);
    }
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-4 || size >= 1e16)) {
      Parts parts = scientific(value, shortest(size, single));
      return parts.whole
          + (parts.fraction.isEmpty() ? "" : "." + parts.fraction)
          + "e"
          + parts.exponent(2);
    }
    Parts parts = plain(value, shortest(size, single));
    return parts.whole + "." + (parts.fraction.isEmpty() ? "0" : parts.fraction);
  }

  private Parts parts(double value) {
    double size = Math.abs(value);
    BigDecimal digits = shortest(size, single);
    if (scientific) {
      // What is cut is the number itself, not its shortest digits, which would round it twice.
      boolean cut = digits.precision() > DIGITS + 1;
      return scientific(value, cut ? rounded(size, DIGITS) : digits);
    }
    int scale = Math.clamp(digits.scale(), 0, DIGITS);
    boolean whole = scale == digits.scale();
    return plain(
        value, whole ? digits : new BigDecimal(size).setScale(scale, RoundingMode.HALF_EVEN));
  }

  /**
   * The pieces of a printed number: sign and digits before the point, those after it, and exponent.
   */
  private record Parts(String whole, String fraction, boolean negative, String power) {
    String exponent(int length) {
      return (negative ? "-" : "+") + "0".repeat(Math.max(0, length - power.length())) + power;
    }
  }

  private static Parts plain(double value, BigDecimal size) {
    String text = size.stripTrailingZeros().toPlainString();
    int point = text.indexOf('.');
    String whole = point < 0 ? text : text.substring(0, point);
    return new Parts(sign(value) + whole, point < 0 ? "" : text.substring(point + 1), false, "");
  }

  private static Parts scientific(double value, BigDecimal size) {
    BigDecimal stripped = size.stripTrailingZeros();
    String text = stripped.unscaledValue().toString();
    int power = stripped.signum() == 0 ? 0 : text.length() - 1 - stripped.scale();
    String exponent = Integer.toString(Math.abs(power));
    return new Parts(
        sign(value) + text.charAt(0),
        text.substring(1),
        power < 0,
        exponent.length() < 2 ? "0" + exponent : exponent);
  }

  private static String sign(double value) {
    return Math.copySign(1, value) < 0 ? "-" : "";
  }

  /** The decimal of fewest digits that is nearer to this number than to any other of its type. */
  private static BigDecimal shortest(double size, boolean single) {
    String text = single ? Float.toString((float) size) : Double.toString(size);
    BigDecimal digits = new BigDecimal(text).stripTrailingZeros();
    if (digits.precision() == 2) {
      // Java gives two digits at least, and with two may be nearer than with one.
      BigDecimal one = digits.round(new MathContext(1, RoundingMode.HALF_EVEN));
      if ((single ? one.floatValue() : one.doubleValue()) == size) {
        return one;
      }
    }
    return digits;
  }
}

package scoria.engine.io;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import scoria.kernels.cpu.ElementType;

/**
 * What stands before an array's elements in a {@code .npy} file: a Python dictionary with the keys
 * {@code descr}, {@code fortran_order} and {@code shape}.
 *
 * @param dtype what the elements are
 * @param order their byte order
 * @param columnMajor whether the first axis is the fastest
 * @param shape length of each axis
 */
record NpyHeader(ElementType dtype, ByteOrder order, boolean columnMajor, long... shape) {
  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** Magic, two bytes of version and two of the header's length. */
  private static final int PREFIX = 10;

  private static final int ALIGNMENT = 64;

  /** NumPy leaves room for the slowest axis to grow in place to this many digits. */
  private static final int GROWTH_DIGITS = 21;

  private static final Map<String, ElementType> CODES =
      Map.of(
          "f4", ElementType.F32,
          "f8", ElementType.F64,
          "i8", ElementType.I64,
          "i4", ElementType.I32,
          "u1", ElementType.U8,
          "b1", ElementType.BOOL);

  /** Reads the dictionary. */
  static NpyHeader parse(String text, String file) throws FormatException {
    Map<String, Object> entries = new PythonLiteral(text, file).dictionary();
    if (!entries.keySet().equals(Map.of("descr", 0, "fortran_order", 0, "shape", 0).keySet())) {
      throw new FormatException(
          file,
          "the header has the keys "
              + entries.keySet()
              + "; they should be descr, fortran_order and shape");
    }
    String descr = text(entries.get("descr"), file);
    if (!(entries.get("fortran_order") instanceof Boolean columnMajor)) {
      throw new FormatException(file, "fortran_order is neither True nor False");
    }
    if (!(entries.get("shape") instanceof long[] shape)) {
      throw new FormatException(file, "the shape is not a tuple of integers");
    }
    char order = descr.isEmpty() ? ' ' : descr.charAt(0);
    boolean hasOrder = "<>|=".indexOf(order) >= 0;
    @Nullable ElementType dtype = CODES.get(hasOrder ? descr.substring(1) : descr);
    if (dtype == null) {
      throw unsupported("'" + descr + "'", file);
    }
    return new NpyHeader(
        dtype, order == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, columnMajor, shape);
  }

  private static String text(@Nullable Object descr, String file) throws FormatException {
    if (descr instanceof String text) {
      return text;
    }
    throw unsupported("with fields", file);
  }

  private static FormatException unsupported(String dtype, String file) {
    return new FormatException(
        file,
        "elements of dtype "
            + dtype
            + " are not supported; supported are f4, f8, i8, i4, u1 and b1 (astype converts)");
  }

  /** The bytes before the elements, version 1.0, as NumPy writes them for row-major arrays. */
  static byte[] format(ElementType dtype, long[] shape) {
    String lengths =
        Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
    StringBuilder text =
        new StringBuilder("{'descr': '")
            .append(descr(dtype))
            .append("', 'fortran_order': False, 'shape': (")
            .append(lengths)
            .append(shape.length == 1 ? ",), }" : "), }");
    if (shape.length > 0) {
      text.repeat(' ', GROWTH_DIGITS - Long.toString(shape[0]).length());
    }
    text.repeat(' ', ALIGNMENT - (PREFIX + text.length() + 1) % ALIGNMENT).append('\n');
    int length = text.length();
    if (length > 0xffff) {
      throw new IllegalArgumentException(
          "an array of " + shape.length + " axes does not fit into a .npy header");
    }
    byte[] bytes = Arrays.copyOf(MAGIC, PREFIX + length);
    bytes[MAGIC.length] = 1;
    bytes[PREFIX - 2] = (byte) length;
    bytes[PREFIX - 1] = (byte) (length >> 8);
    System.arraycopy(
        text.toString().getBytes(StandardCharsets.ISO_8859_1), 0, bytes, PREFIX, length);
    return bytes;
  }

  private static String descr(ElementType dtype) {
    return switch (dtype) {
      case F32 -> "<f4";
      case F64 -> "<f8";
      case I64 -> "<i8";
      case I32 -> "<i4";
      case U8 -> "|u1";
      case BOOL -> "|b1";
    };
  }
}

package scoria.engine.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import scoria.kernels.cpu.ElementType;

/** The arrays that {@code make_files.py} writes, by the same formulas. */
final class TestArrays {
  static final long[] SHAPE = {2, 3, 4};

  private TestArrays() {}

  static ArrayData of(ElementType dtype, long... shape) {
    ArrayData array = ArrayData.allocate(Arena.ofAuto(), dtype, shape);
    MemorySegment data = array.data();
    for (long i = 0; i < array.size(); i++) {
      switch (dtype) {
        case F32 -> data.setAtIndex(JAVA_FLOAT, i, i / 4f - 1);
        case F64 -> data.setAtIndex(JAVA_DOUBLE, i, i / 3.0 - 1);
        case I64 -> data.setAtIndex(JAVA_LONG, i, i * (1L << 40) - 5);
        case I32 -> data.setAtIndex(JAVA_INT, i, (int) (i * 90_000_000 - 7));
        case U8 -> data.set(JAVA_BYTE, i, (byte) (i * 11));
        case BOOL -> data.set(JAVA_BYTE, i, (byte) (i % 3 == 0 ? 1 : 0));
      }
    }
    return array;
  }

  static ArrayData floats(float... values) {
    ArrayData array = ArrayData.allocate(Arena.ofAuto(), ElementType.F32, values.length);
    MemorySegment.copy(values, 0, array.data(), JAVA_FLOAT, 0, values.length);
    return array;
  }

  /** The dtype that a file's name begins with. */
  static ElementType dtype(String name) {
    return switch (name.substring(0, 2)) {
      case "f4" -> ElementType.F32;
      case "f8" -> ElementType.F64;
      case "i8" -> ElementType.I64;
      case "i4" -> ElementType.I32;
      case "u1" -> ElementType.U8;
      case "b1" -> ElementType.BOOL;
      default -> throw new AssertionError(name);
    };
  }

  /** The bytes of one of the checked-in files. */
  static byte[] resource(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(TestArrays.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    }
  }

  /** A copy of a checked-in file. */
  static Path file(Path folder, String name) throws IOException {
    return Files.write(folder.resolve(name), resource(name));
  }
}

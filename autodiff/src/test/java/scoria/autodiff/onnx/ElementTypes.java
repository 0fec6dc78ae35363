package scoria.autodiff.onnx;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.DType;

/** The numbers by which ONNX's files name types of elements (enum TensorProto.DataType). */
final class ElementTypes {
  private static final List<String> NAMES =
      List.of(
          "undefined",
          "float32",
          "uint8",
          "int8",
          "uint16",
          "int16",
          "int32",
          "int64",
          "string",
          "bool",
          "float16",
          "float64",
          "uint32",
          "uint64",
          "complex64",
          "complex128",
          "bfloat16");

  private ElementTypes() {}

  /** NumPy's name of a type. */
  static String name(long number) {
    return number < NAMES.size() ? NAMES.get((int) number) : "type " + number;
  }

  /** Bytes of an element of a type; 0 where its elements have no size. */
  static int bytes(long number) {
    return switch (name(number)) {
      case "uint8", "int8", "bool" -> 1;
      case "uint16", "int16", "float16", "bfloat16" -> 2;
      case "float32", "int32", "uint32" -> 4;
      case "float64", "int64", "uint64" -> 8;
      default -> 0;
    };
  }

  /** Scoria's type of that number, or null where it has none. */
  static @Nullable DType find(long number) {
    for (DType dtype : DType.values()) {
      if (dtype.toString().equals(name(number))) {
        return dtype;
      }
    }
    return null;
  }

  /** Scoria's type of that number. */
  static DType of(long number) {
    DType dtype = find(number);
    if (dtype == null) {
      throw new IllegalArgumentException("no tensors of " + name(number));
    }
    return dtype;
  }
}

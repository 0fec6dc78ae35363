package scoria.kernels.cuda;

import scoria.kernels.cpu.ElementType;

/** What all launches of elementwise kernels share. */
final class Grid {
  /** Threads of a block. */
  static final int THREADS = 256;

  /** Blocks beyond which a thread takes several elements. */
  private static final long MOST = 1 << 16;

  private Grid() {}

  /** Blocks for {@code n} elements, one a thread as long as there are few. */
  static long blocks(long n) {
    return blocks(n, THREADS);
  }

  static long blocks(long n, int perBlock) {
    return Math.min(MOST, Math.ceilDiv(n, (long) perBlock));
  }

  /** What a kernel's name ends in for elements of a type. */
  static String suffix(ElementType type) {
    return switch (type) {
      case F32 -> "_f32";
      case F64 -> "_f64";
      case I64 -> "_i64";
      case I32 -> "_i32";
      case U8 -> "_u8";
      case BOOL -> "_bool";
    };
  }

  /** The suffix of a floating type; others are refused. */
  static String floating(ElementType type) {
    if (type != ElementType.F32 && type != ElementType.F64) {
      throw new IllegalArgumentException("elements are F32 or F64 here, not " + type);
    }
    return suffix(type);
  }

  static long at(long base, long index, ElementType type) {
    return base + index * type.bytes();
  }
}

package scoria.engine.tensor;

import scoria.kernels.cpu.ElementType;

/** The type of a tensor's elements. */
public enum DType {
  /** IEEE 754 single precision. */
  FLOAT32("float32", ElementType.F32),
  /** IEEE 754 double precision. */
  FLOAT64("float64", ElementType.F64),
  /** Two's complement, 64 bits; the type of indices. */
  INT64("int64", ElementType.I64),
  /** Two's complement, 32 bits. */
  INT32("int32", ElementType.I32),
  /** Unsigned, 8 bits. */
  UINT8("uint8", ElementType.U8),
  /** One byte, 0 or 1. */
  BOOL("bool", ElementType.BOOL);

  private final String label;
  private final ElementType element;

  DType(String label, ElementType element) {
    this.label = label;
    this.element = element;
  }

  /** The same type as the kernels name it. */
  public ElementType element() {
    return element;
  }

  /** Size of an element in bytes. */
  public int bytes() {
    return element.bytes();
  }

  /** Whether this is float32 or float64: the types that have derivatives. */
  public boolean isFloat() {
    return this == FLOAT32 || this == FLOAT64;
  }

  /** NumPy's name of the type, such as {@code float32}. */
  @Override
  public String toString() {
    return label;
  }
}

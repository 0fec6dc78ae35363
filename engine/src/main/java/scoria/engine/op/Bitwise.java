package scoria.engine.op;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Layout;
import scoria.kernels.cpu.PairwiseI32;
import scoria.kernels.cpu.PairwiseI64;
import scoria.kernels.cpu.PairwiseKernel;
import scoria.kernels.cpu.PairwiseU8;

/** Functions of the bits of two whole numbers, with broadcasting; of truth values as well. */
public enum Bitwise implements ConstantOp {
  /** The bits set in both; of truth values, whether both are true. */
  AND("bitAnd", PairwiseI64::bitAnd, PairwiseI32::bitAnd, PairwiseU8::bitAnd, (a, b) -> a & b),
  /** The bits set in either; of truth values, whether one is true. */
  OR("bitOr", PairwiseI64::bitOr, PairwiseI32::bitOr, PairwiseU8::bitOr, (a, b) -> a | b),
  /** The bits set in one of them; of truth values, whether they differ. */
  XOR("bitXor", PairwiseI64::bitXor, PairwiseI32::bitXor, PairwiseU8::bitXor, (a, b) -> a ^ b),
  /** a 2<sup>b</sup> without the bits that leave the type; 0 where b is negative or too large. */
  SHIFT_LEFT(
      "shiftLeft",
      PairwiseI64::shiftLeft,
      PairwiseI32::shiftLeft,
      PairwiseU8::shiftLeft,
      (a, b) -> b >= 0 && b < 64 ? a << b : 0),
  /** a / 2<sup>b</sup> rounded down; as for a very large b where b is negative. */
  SHIFT_RIGHT(
      "shiftRight",
      PairwiseI64::shiftRight,
      PairwiseI32::shiftRight,
      PairwiseU8::shiftRight,
      (a, b) -> a >> (b >= 0 && b < 64 ? b : 63));

  private final String label;
  private final PairwiseKernel int64;
  private final PairwiseKernel int32;
  private final PairwiseKernel uint8;
  private final LongBinaryOperator meaning;

  Bitwise(
      String label,
      PairwiseKernel int64,
      PairwiseKernel int32,
      PairwiseKernel uint8,
      LongBinaryOperator meaning) {
    this.label = label;
    this.int64 = int64;
    this.int32 = int32;
    this.uint8 = uint8;
    this.meaning = meaning;
  }

  /** The test points of all rows, of whole numbers and of truth values. */
  static List<Case> cases() {
    Reference numbers = Case.spread(3, 4).map(v -> Math.rint(40 * v));
    return Arrays.stream(values())
        .map(op -> Case.of(op, List.of(), numbers, Case.positive(4).map(Math::rint)))
        .toList();
  }

  /** The CPU's loop for a type, or null where there is none. */
  public @Nullable PairwiseKernel kernel(DType dtype) {
    return switch (dtype) {
      case INT64 -> int64;
      case INT32 -> int32;
      case UINT8 -> uint8;
      case BOOL -> this == SHIFT_LEFT || this == SHIFT_RIGHT ? null : uint8;
      case FLOAT32, FLOAT64 -> null;
    };
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public String shapes() {
    return "integer [...], integer [...] -> integer [...], broadcast";
  }

  @Override
  public Signature result(Signature... inputs) {
    Rules.sameType(inputs[0], inputs[1]);
    if (kernel(inputs[0].dtype()) == null) {
      throw new IllegalArgumentException(
          "it works on integers, not on " + inputs[0].dtype() + "; convert with to(dtype)");
    }
    return new Signature(inputs[0].shape().broadcast(inputs[1].shape()), inputs[0].dtype());
  }

  @Override
  public Reference value(Reference... inputs) {
    return inputs[0].zip(inputs[1], (a, b) -> meaning.applyAsLong((long) a, (long) b));
  }

  @Override
  public boolean accepts(int input, Layout layout) {
    return RowSteps.fit(layout);
  }
}

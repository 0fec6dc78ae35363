package scoria.engine.op;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Layout;
import scoria.kernels.cpu.PairwiseF32;
import scoria.kernels.cpu.PairwiseF64;
import scoria.kernels.cpu.PairwiseI32;
import scoria.kernels.cpu.PairwiseI64;
import scoria.kernels.cpu.PairwiseKernel;
import scoria.kernels.cpu.PairwiseU8;

/** Comparisons of pairs of elements with broadcasting, to bool. Comparing with NaN is false. */
public enum Comparison implements ConstantOp {
  /** a = b. */
  EQUAL(
      "equal",
      PairwiseF32::equal,
      PairwiseF64::equal,
      PairwiseI64::equal,
      PairwiseI32::equal,
      PairwiseU8::equal,
      (a, b) -> a == b ? 1 : 0),
  /** a is not b; true where either is NaN. */
  NOT_EQUAL(
      "notEqual",
      PairwiseF32::notEqual,
      PairwiseF64::notEqual,
      PairwiseI64::notEqual,
      PairwiseI32::notEqual,
      PairwiseU8::notEqual,
      (a, b) -> a != b ? 1 : 0),
  /** a &lt; b. */
  LESS(
      "less",
      PairwiseF32::less,
      PairwiseF64::less,
      PairwiseI64::less,
      PairwiseI32::less,
      PairwiseU8::less,
      (a, b) -> a < b ? 1 : 0),
  /** a &lt;= b. */
  LESS_EQUAL(
      "lessEqual",
      PairwiseF32::lessEqual,
      PairwiseF64::lessEqual,
      PairwiseI64::lessEqual,
      PairwiseI32::lessEqual,
      PairwiseU8::lessEqual,
      (a, b) -> a <= b ? 1 : 0),
  /** a &gt; b. */
  GREATER(
      "greater",
      PairwiseF32::greater,
      PairwiseF64::greater,
      PairwiseI64::greater,
      PairwiseI32::greater,
      PairwiseU8::greater,
      (a, b) -> a > b ? 1 : 0),
  /** a &gt;= b. */
  GREATER_EQUAL(
      "greaterEqual",
      PairwiseF32::greaterEqual,
      PairwiseF64::greaterEqual,
      PairwiseI64::greaterEqual,
      PairwiseI32::greaterEqual,
      PairwiseU8::greaterEqual,
      (a, b) -> a >= b ? 1 : 0);

  private final String label;
  private final PairwiseKernel float32;
  private final PairwiseKernel float64;
  private final PairwiseKernel int64;
  private final PairwiseKernel int32;
  private final PairwiseKernel uint8;
  private final DoubleBinaryOperator meaning;

  Comparison(
      String label,
      PairwiseKernel float32,
      PairwiseKernel float64,
      PairwiseKernel int64,
      PairwiseKernel int32,
      PairwiseKernel uint8,
      DoubleBinaryOperator meaning) {
    this.label = label;
    this.float32 = float32;
    this.float64 = float64;
    this.int64 = int64;
    this.int32 = int32;
    this.uint8 = uint8;
    this.meaning = meaning;
  }

  /** The test points of all rows. */
  static List<Case> cases() {
    return Arrays.stream(values())
        .map(
            op ->
                Case.of(
                    op,
                    List.of(0, 1),
                    Case.spread(3, 4).map(Math::rint),
                    Case.spread(4).map(v -> Math.rint(-v))))
        .toList();
  }

  /** The CPU's loop for a type. */
  public PairwiseKernel kernel(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> float32;
      case FLOAT64 -> float64;
      case INT64 -> int64;
      case INT32 -> int32;
      case UINT8, BOOL -> uint8;
    };
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public String shapes() {
    return "[...], [...] -> bool [...], broadcast";
  }

  @Override
  public Signature result(Signature... inputs) {
    Rules.sameType(inputs[0], inputs[1]);
    return new Signature(inputs[0].shape().broadcast(inputs[1].shape()), DType.BOOL);
  }

  @Override
  public Reference value(Reference... inputs) {
    return inputs[0].zip(inputs[1], meaning);
  }

  @Override
  public boolean accepts(int input, Layout layout) {
    return RowSteps.fit(layout);
  }
}

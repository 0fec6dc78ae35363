package scoria.engine.op;

import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Tensor;

/** An operation of one output: {@link Op} without the arrays. */
public sealed interface SingleOp extends Op
    permits Unary,
        Binary,
        ScalarOp,
        Reduction,
        Scan,
        Recurrence,
        RowOp,
        MatMul,
        MatrixOp,
        ViewOp,
        Copy,
        Transfer,
        Cast,
        Concat,
        Embed,
        OverlapAdd,
        Take,
        TakeAdjoint,
        TakeAlong,
        TakeAlongAdjoint,
        Put,
        Where,
        ConstantOp {
  /** The shape rule; see {@link Op#infer}. */
  Signature result(Signature... inputs);

  /** The meaning; see {@link Op#meaning}. */
  Reference value(Reference... inputs);

  /** Reverse mode; see {@link Op#pullback(Call, Tensor[])}. */
  @Nullable Tensor[] pullback(Call call, Tensor gradient);

  /** Forward mode; see {@link Op#pushforward}. */
  @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents);

  @Override
  default Signature[] infer(Signature... inputs) {
    return new Signature[] {result(inputs)};
  }

  @Override
  default Reference[] meaning(Reference... inputs) {
    return new Reference[] {value(inputs)};
  }

  @Override
  default @Nullable Tensor[] pullback(Call call, @Nullable Tensor[] gradients) {
    Tensor gradient = gradients[0];
    return gradient == null ? new @Nullable Tensor[call.inputs()] : pullback(call, gradient);
  }

  @Override
  default @Nullable Tensor[] pushforward(Call call, @Nullable Tensor[] tangents) {
    return new @Nullable Tensor[] {tangent(call, tangents)};
  }
}

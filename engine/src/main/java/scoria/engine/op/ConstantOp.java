package scoria.engine.op;

import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Tensor;

/**
 * An operation whose output does not follow small changes of its inputs: its derivatives are zero.
 */
public sealed interface ConstantOp extends SingleOp
    permits Comparison, Bitwise, ArgReduction, ArgScan, ArgSort, Places, Fill, RandomOp {
  @Override
  default @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    return new @Nullable Tensor[call.inputs()];
  }

  @Override
  default @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    return null;
  }
}

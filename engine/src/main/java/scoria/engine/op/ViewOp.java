package scoria.engine.op;

import org.jspecify.annotations.Nullable;
import scoria.engine.exec.Execute;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Tensor;

/** An operation that gives another layout over the same memory, and computes nothing. */
public sealed interface ViewOp extends SingleOp permits Reshape, Permute, Slice, Expand, Windows {
  /**
   * The output's layout over the input's memory.
   *
   * @return null if there is none, and the input must be made dense first
   */
  @Nullable Layout view(Layout input);

  @Override
  default Signature result(Signature... inputs) {
    Layout layout = view(Layout.dense(inputs[0].shape()));
    // A dense layout has a view under every shape, so null cannot come here.
    return new Signature(layout == null ? inputs[0].shape() : layout.shape(), inputs[0].dtype());
  }

  @Override
  default Reference value(Reference... inputs) {
    Layout layout = view(Layout.dense(inputs[0].shape()));
    return layout == null ? inputs[0] : inputs[0].view(layout);
  }

  @Override
  default @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor tangent = tangents[0];
    return tangent == null ? null : Execute.run(this, tangent);
  }

  @Override
  default boolean accepts(int input, Layout layout) {
    return view(layout) != null;
  }
}

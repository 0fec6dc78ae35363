package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Tensor;

/** The same elements in dense memory of their own. */
public enum Copy implements SingleOp {
  /** The only one of its kind. */
  COPY;

  /** The test points. */
  static List<Case> cases() {
    return List.of(Case.of(COPY, Case.spread(3, 4)));
  }

  @Override
  public String label() {
    return "copy";
  }

  @Override
  public String shapes() {
    return "[...] -> [...]";
  }

  @Override
  public Signature result(Signature... inputs) {
    return inputs[0];
  }

  @Override
  public Reference value(Reference... inputs) {
    return inputs[0];
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    return new @Nullable Tensor[] {gradient};
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    return tangents[0];
  }

  @Override
  public boolean accepts(int input, Layout layout) {
    return true;
  }
}

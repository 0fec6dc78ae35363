package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * The second input where the first, a bool, is true, and the third elsewhere; with broadcasting.
 */
public enum Where implements SingleOp {
  /** The only one of its kind. */
  WHERE;

  /** The test points. */
  static List<Case> cases() {
    Reference condition = Case.spread(3, 4).map(v -> v > 0 ? 1 : 0);
    return List.of(
        Case.of(WHERE, List.of(1, 2), condition, Case.spread(3, 4), Case.positive(3, 4)),
        Case.of(WHERE, List.of(1, 2), condition, Case.spread(4), Case.positive(2, 3, 1)));
  }

  @Override
  public String label() {
    return "where";
  }

  @Override
  public String shapes() {
    return "bool [...], [...], [...] -> [...], broadcast";
  }

  @Override
  public Signature result(Signature... inputs) {
    Rules.type(inputs[0], DType.BOOL, "the condition");
    Rules.sameType(inputs[1], inputs[2]);
    Shape shape = inputs[0].shape().broadcast(inputs[1].shape()).broadcast(inputs[2].shape());
    return new Signature(shape, inputs[1].dtype());
  }

  @Override
  public Reference value(Reference... inputs) {
    Shape shape = inputs[0].shape().broadcast(inputs[1].shape()).broadcast(inputs[2].shape());
    Reference condition = inputs[0].expand(shape);
    Reference a = inputs[1].expand(shape);
    Reference b = inputs[2].expand(shape);
    Reference out = Reference.zeros(shape);
    for (int i = 0; i < out.values().length; i++) {
      out.values()[i] = condition.values()[i] != 0 ? a.values()[i] : b.values()[i];
    }
    return out;
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    Tensor condition = call.input(0);
    Tensor zero = gradient.zeroLike();
    return new @Nullable Tensor[] {
      null,
      call.needs(1)
          ? Rules.sumTo(Tensor.where(condition, gradient, zero), call.source(1).shape())
          : null,
      call.needs(2)
          ? Rules.sumTo(Tensor.where(condition, zero, gradient), call.source(2).shape())
          : null
    };
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor zero = call.output(0).zeroLike();
    Tensor a = tangents[1];
    Tensor b = tangents[2];
    if (a == null && b == null) {
      return null;
    }
    return Tensor.where(call.input(0), a == null ? zero : a, b == null ? zero : b)
        .expand(call.output(0).shape());
  }

  @Override
  public boolean accepts(int input, Layout layout) {
    return RowSteps.fit(layout);
  }
}

package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/**
 * The elements as another type. From float to integer it truncates towards zero and saturates, and
 * NaN gives 0, as in Java; to bool it asks whether the element differs from 0.
 *
 * @param to the new type
 */
public record Cast(DType to) implements SingleOp {
  /** The test points. */
  static List<Case> cases() {
    return List.of(
        Case.of(new Cast(DType.FLOAT64), Case.spread(3, 4)),
        Case.of(new Cast(DType.INT32), Case.spread(3, 4).map(v -> Math.rint(3 * v))),
        Case.of(new Cast(DType.UINT8), Case.spread(3, 4).map(v -> Math.rint(300 * v))),
        Case.of(new Cast(DType.BOOL), Case.spread(3, 4).map(Math::rint)));
  }

  @Override
  public String label() {
    return "cast";
  }

  @Override
  public String shapes() {
    return "[...] -> [...] of another type";
  }

  @Override
  public Signature result(Signature... inputs) {
    return new Signature(inputs[0].shape(), to);
  }

  @Override
  public Reference value(Reference... inputs) {
    return switch (to) {
      case FLOAT64 -> inputs[0];
      case FLOAT32 -> inputs[0].map(v -> (float) v);
      case INT64 -> inputs[0].map(v -> (long) v);
      case INT32 -> inputs[0].map(v -> (int) v);
      case UINT8 -> inputs[0].map(v -> Math.clamp((long) v, 0, 255));
      case BOOL -> inputs[0].map(v -> v != 0 ? 1 : 0);
    };
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor gradient) {
    DType from = call.source(0).dtype();
    return new @Nullable Tensor[] {to.isFloat() && from.isFloat() ? gradient.to(from) : null};
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor tangent = tangents[0];
    return tangent == null || !to.isFloat() ? null : tangent.to(to);
  }
}

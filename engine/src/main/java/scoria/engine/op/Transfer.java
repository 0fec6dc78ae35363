package scoria.engine.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.device.Device;
import scoria.engine.tensor.Tensor;

/**
 * The same elements on a device: the one operation whose input is on another device than its
 * output.
 *
 * @param to where they go
 */
public record Transfer(Device to) implements SingleOp {
  /** The test points. */
  static List<Case> cases() {
    return List.of(Case.of(new Transfer(Device.cpu()), Case.spread(3, 4)));
  }

  @Override
  public String label() {
    return "transfer";
  }

  @Override
  public String shapes() {
    return "[...] -> [...] on another device";
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
    return new @Nullable Tensor[] {gradient.to(call.source(0).device())};
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor tangent = tangents[0];
    return tangent == null ? null : tangent.to(to);
  }
}

package scoria.engine.op;

import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;

/**
 * One step of gradient descent with momentum, for any number of tensors at once. Inputs are n
 * gradients and last the learning rate as float64 [1]; outputs are n parameters and n velocities: u
 * = momentum u + g; p = p - rate u.
 *
 * @param momentum in [0, 1); 0 for plain descent
 */
public record MomentumUpdate(double momentum) implements Update {
  private static final Signature RATE = new Signature(Shape.of(1), DType.FLOAT64);

  @Override
  public String label() {
    return "momentum";
  }

  @Override
  public String shapes() {
    return "n x [...], float64 [1] -> 2n x [...], in place";
  }

  @Override
  public void check(Signature[] inputs, Signature[] outputs) {
    Update.checkGroups(inputs, RATE, outputs, 2);
  }

  @Override
  public Reference[] after(Reference[] inputs, Reference[] outputs) {
    int n = inputs.length - 1;
    double rate = inputs[n].values()[0];
    Reference[] out = new Reference[2 * n];
    for (int i = 0; i < n; i++) {
      out[n + i] = outputs[n + i].zip(inputs[i], (u, g) -> momentum * u + g);
      out[i] = outputs[i].zip(out[n + i], (p, u) -> p - rate * u);
    }
    return out;
  }
}

package scoria.engine.op;

/**
 * One step of gradient descent with momentum, for any number of tensors at once. With n gradients
 * as inputs, the outputs are n parameters and n velocities: u = momentum u + g; p = p - rate u.
 *
 * @param rate learning rate
 * @param momentum in [0, 1); 0 for plain descent
 */
public record MomentumUpdate(double rate, double momentum) implements Update {
  @Override
  public String label() {
    return "momentum";
  }

  @Override
  public void check(Signature[] inputs, Signature[] outputs) {
    Update.checkGroups(inputs, outputs, 2);
  }

  @Override
  public Reference[] after(Reference[] inputs, Reference[] outputs) {
    int n = inputs.length;
    Reference[] out = new Reference[2 * n];
    for (int i = 0; i < n; i++) {
      out[n + i] = outputs[n + i].zip(inputs[i], (u, g) -> momentum * u + g);
      out[i] = outputs[i].zip(out[n + i], (p, u) -> p - rate * u);
    }
    return out;
  }
}

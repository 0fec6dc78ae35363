package scoria.engine.op;

/**
 * A step of every output towards its input: y = y + weight (x - y). An exponential moving average
 * of decay d steps with weight 1 - d.
 *
 * @param weight from 0 (stay) to 1 (become the input)
 */
public record LerpUpdate(double weight) implements Update {
  @Override
  public String label() {
    return "lerp";
  }

  @Override
  public void check(Signature[] inputs, Signature[] outputs) {
    Update.checkGroups(inputs, outputs, 1);
  }

  @Override
  public Reference[] after(Reference[] inputs, Reference[] outputs) {
    Reference[] out = new Reference[outputs.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = outputs[i].zip(inputs[i], (y, x) -> y + weight * (x - y));
    }
    return out;
  }
}

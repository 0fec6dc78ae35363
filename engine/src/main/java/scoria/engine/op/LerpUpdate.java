package scoria.engine.op;

import java.util.Arrays;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;

/**
 * A step of every output towards its input: y = y + weight (x - y). An exponential moving average
 * of decay d steps with weight 1 - d.
 *
 * <p>Inputs: one for each output, and last the weight as float64 [1], from 0 (stay) to 1 (become
 * the input).
 */
public enum LerpUpdate implements Update {
  /** The only one of its kind. */
  LERP;

  private static final Signature WEIGHT = new Signature(Shape.of(1), DType.FLOAT64);

  @Override
  public String label() {
    return "lerp";
  }

  @Override
  public String shapes() {
    return "n x [...], float64 [1] -> n x [...], in place";
  }

  @Override
  public void check(Signature[] inputs, Signature[] outputs) {
    Update.checkGroups(inputs, WEIGHT, outputs, 1);
  }

  @Override
  public Reference[] after(Reference[] inputs, Reference[] outputs) {
    double weight = inputs[outputs.length].values()[0];
    Reference[] out = new Reference[outputs.length];
    Arrays.setAll(out, i -> outputs[i].zip(inputs[i], (y, x) -> y + weight * (x - y)));
    return out;
  }
}

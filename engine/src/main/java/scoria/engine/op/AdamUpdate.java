package scoria.engine.op;

import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;

/**
 * One step of Adam with decoupled weight decay, for any number of tensors at once. Inputs are n
 * gradients and last what changes from step to step, float64 [4], see {@link #fill}; outputs are n
 * parameters, n first moments and n second moments.
 *
 * <p>m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g<sup>2</sup>; p = (1 - rate decay) p - rate m/(1 -
 * b1<sup>t</sup>) / (sqrt(v/(1 - b2<sup>t</sup>)) + epsilon). Kingma and Ba 2015; Loshchilov and
 * Hutter 2019.
 *
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root, positive
 */
public record AdamUpdate(double beta1, double beta2, double epsilon) implements Update {
  /** How many numbers change from step to step. */
  public static final int NUMBERS = 4;

  private static final Signature SETTINGS = new Signature(Shape.of(NUMBERS), DType.FLOAT64);

  /**
   * The numbers of a step: rate, 1 - rate decay, 1 / (1 - beta1<sup>t</sup>) and 1 / (1 -
   * beta2<sup>t</sup>).
   *
   * @param numbers gets them, of length {@link #NUMBERS}
   * @param rate learning rate
   * @param decay weight decay, 0 for none
   * @param step t, from 1
   */
  public void fill(double[] numbers, double rate, double decay, long step) {
    numbers[0] = rate;
    numbers[1] = 1 - rate * decay;
    numbers[2] = 1 / (1 - power(beta1, step));
    numbers[3] = 1 / (1 - power(beta2, step));
  }

  /**
   * A power by squaring. The same bits everywhere, as StrictMath.pow has, but without the arrays
   * that one makes at every call.
   */
  private static double power(double base, long exponent) {
    double result = 1;
    double square = base;
    for (long rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) != 0) {
        result *= square;
      }
      square *= square;
    }
    return result;
  }

  @Override
  public String label() {
    return "adam";
  }

  @Override
  public String shapes() {
    return "n x [...], float64 [4] -> 3n x [...], in place";
  }

  @Override
  public void check(Signature[] inputs, Signature[] outputs) {
    Update.checkGroups(inputs, SETTINGS, outputs, 3);
  }

  @Override
  public Reference[] after(Reference[] inputs, Reference[] outputs) {
    int n = inputs.length - 1;
    double[] numbers = inputs[n].values();
    Reference[] out = new Reference[3 * n];
    for (int i = 0; i < n; i++) {
      Reference g = inputs[i];
      Reference m = outputs[n + i].zip(g, (a, b) -> beta1 * a + (1 - beta1) * b);
      Reference v = outputs[2 * n + i].zip(g, (a, b) -> beta2 * a + (1 - beta2) * b * b);
      Reference direction =
          m.zip(v, (a, b) -> a * numbers[2] / (Math.sqrt(b * numbers[3]) + epsilon));
      out[i] = outputs[i].zip(direction, (p, d) -> numbers[1] * p - numbers[0] * d);
      out[n + i] = m;
      out[2 * n + i] = v;
    }
    return out;
  }
}

package scoria.engine.op;

/**
 * One step of Adam with decoupled weight decay, for any number of tensors at once. With n gradients
 * as inputs, the outputs are n parameters, n first moments and n second moments.
 *
 * <p>m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g<sup>2</sup>; p = (1 - rate decay) p - rate m/(1 -
 * b1<sup>t</sup>) / (sqrt(v/(1 - b2<sup>t</sup>)) + epsilon). Kingma and Ba 2015; Loshchilov and
 * Hutter 2019.
 *
 * @param rate learning rate
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root, positive
 * @param decay weight decay, 0 for none
 * @param step t, from 1
 */
public record AdamUpdate(
    double rate, double beta1, double beta2, double epsilon, double decay, long step)
    implements Update {
  @Override
  public String label() {
    return "adam";
  }

  /** 1 / (1 - beta1^step). */
  public double correction1() {
    return 1 / (1 - Math.pow(beta1, step));
  }

  /** 1 / (1 - beta2^step). */
  public double correction2() {
    return 1 / (1 - Math.pow(beta2, step));
  }

  @Override
  public void check(Signature[] inputs, Signature[] outputs) {
    Update.checkGroups(inputs, outputs, 3);
  }

  @Override
  public Reference[] after(Reference[] inputs, Reference[] outputs) {
    int n = inputs.length;
    Reference[] out = new Reference[3 * n];
    for (int i = 0; i < n; i++) {
      Reference g = inputs[i];
      Reference m = outputs[n + i].zip(g, (a, b) -> beta1 * a + (1 - beta1) * b);
      Reference v = outputs[2 * n + i].zip(g, (a, b) -> beta2 * a + (1 - beta2) * b * b);
      Reference direction =
          m.zip(v, (a, b) -> a * correction1() / (Math.sqrt(b * correction2()) + epsilon));
      out[i] = outputs[i].zip(direction, (p, d) -> (1 - rate * decay) * p - rate * d);
      out[n + i] = m;
      out[2 * n + i] = v;
    }
    return out;
  }
}

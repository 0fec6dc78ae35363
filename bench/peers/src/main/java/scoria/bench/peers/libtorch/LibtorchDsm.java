package scoria.bench.peers.libtorch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import scoria.bench.peers.Contender;
import scoria.bench.peers.DsmProblem;

/**
 * {@link DsmProblem} by libtorch: its modules, autograd, and its Adam. A product with sigma and the
 * sum after it are one operation, {@code add(other, alpha)}, which was a little faster than two.
 */
final class LibtorchDsm implements Contender {
  private final DsmProblem problem = new DsmProblem();
  private final Scalar sigma = new Scalar(DsmProblem.SIGMA);
  private final LinearImpl[] layers = new LinearImpl[DsmProblem.layers()];
  private final Tensor data = points(problem.data());
  private final Adam adam;
  private double loss;

  LibtorchDsm() {
    TensorVector parameters = new TensorVector();
    for (int i = 0; i < layers.length; i++) {
      layers[i] = layer(problem, i);
      parameters.push_back(layers[i].weight());
      parameters.push_back(layers[i].bias());
    }
    // Betas 0.9 and 0.999, epsilon 1e-8 and no decay are the defaults.
    adam = new Adam(parameters, new AdamOptions(DsmProblem.RATE));
  }

  @Override
  public double[] check() {
    double[] losses = new double[DsmProblem.CHECKED_STEPS];
    for (int i = 0; i < losses.length; i++) {
      try (PointerScope scope = new PointerScope()) {
        losses[i] = train(points(problem.noise(i)));
      }
    }
    return losses;
  }

  @Override
  public void step() {
    try (PointerScope scope = new PointerScope()) {
      loss = train(torch.randn(DsmProblem.BATCH, 2));
    }
    if (Double.isNaN(loss)) {
      throw new ArithmeticException("the loss is NaN");
    }
  }

  private double train(Tensor eps) {
    Tensor x = data.add(eps, sigma);
    for (int i = 0; i < layers.length; i++) {
      x = layers[i].forward(i == 0 ? x : torch.silu(x));
    }
    Tensor mean = eps.add(x, sigma).square().sum(1).mean();
    adam.zero_grad();
    mean.backward();
    adam.step();
    return mean.item_double();
  }

  private static LinearImpl layer(DsmProblem problem, int i) {
    int in = DsmProblem.SIZES.get(i);
    int out = DsmProblem.SIZES.get(i + 1);
    LinearImpl layer = new LinearImpl(in, out);
    try (AutoGradMode off = new AutoGradMode(false)) {
      // libtorch keeps weights as [out, in].
      layer.weight().copy_(Tensor.create(problem.weight(i), in, out).t());
      layer.bias().copy_(Tensor.create(problem.bias(i), out));
    }
    return layer;
  }

  private static Tensor points(float[] values) {
    return Tensor.create(values, DsmProblem.BATCH, 2);
  }
}

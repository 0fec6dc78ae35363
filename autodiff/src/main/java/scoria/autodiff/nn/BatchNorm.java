package scoria.autodiff.nn;

import java.util.List;
import scoria.engine.exec.Execute;
import scoria.engine.function.Normalization;
import scoria.engine.op.LerpUpdate;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/**
 * Mean 0 and variance 1 of every channel, then scaled and shifted. While {@link TrainingMode} is
 * on, over the batch, towards whose statistics the running ones take a step; else by the running
 * ones.
 *
 * @param weight [channels]; tracked from here on if it was not
 * @param bias [channels]
 * @param runningMean [channels], changed in place; the buffer {@code running_mean}
 * @param runningVariance [channels], changed in place, of unbiased estimates; the buffer {@code
 *     running_var}
 * @param momentum of a step, from 0 (stay) to 1 (become the batch's)
 * @param eps added to the variance, above 0
 */
public record BatchNorm(
    Tensor weight,
    Tensor bias,
    Tensor runningMean,
    Tensor runningVariance,
    double momentum,
    double eps)
    implements Layer {
  /** Checks that shapes and types fit. */
  public BatchNorm {
    Leaves.eps("a batch norm", eps);
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException(
          "a batch norm with momentum " + momentum + "; it is from 0 to 1");
    }
    long[] sizes = weight.shape().toArray();
    Leaves.fits("batch norm", "bias", bias, weight, sizes);
    Leaves.fits("batch norm", "running mean", runningMean, weight, sizes);
    Leaves.fits("batch norm", "running variance", runningVariance, weight, sizes);
    weight = Leaves.tracked(weight);
    bias = Leaves.tracked(bias);
  }

  /**
   * A layer that scales by 1 and shifts by 0, with running statistics 0 and 1, momentum 0.1, and
   * 1e-5 added to the variance.
   */
  public static BatchNorm of(DType dtype, long channels) {
    return new BatchNorm(
        Tensor.full(1, dtype, channels),
        Tensor.full(0, dtype, channels),
        Tensor.full(0, dtype, channels),
        Tensor.full(1, dtype, channels),
        0.1,
        1e-5);
  }

  @Override
  public Tensor forward(Tensor x) {
    if (!TrainingMode.isOn()) {
      return Normalization.batchNorm(x, runningMean, runningVariance, weight, bias, eps);
    }
    double n = (double) x.elements() / Math.max(1, weight.elements());
    if (n < 2) {
      throw new IllegalArgumentException(
          "a batch norm was given "
              + x.signature()
              + " for training; every channel needs two elements at least");
    }
    Normalization.Batch batch = Normalization.batchNorm(x, weight, bias, eps);
    Tensor step = Tensor.of(new double[] {momentum}).to(x.device());
    Tensor variance = batch.variance().detach().mul(n / (n - 1));
    Execute.update(
        LerpUpdate.LERP,
        List.of(batch.mean().detach(), variance, step),
        List.of(runningMean, runningVariance));
    return batch.values();
  }

  @Override
  public Parameters parameters() {
    return Leaves.of(weight, bias);
  }

  @Override
  public Parameters buffers() {
    return Parameters.of("running_mean", runningMean, "running_var", runningVariance);
  }
}

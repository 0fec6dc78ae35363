package scoria.bench.run;

import org.jspecify.annotations.Nullable;
import scoria.bench.data.DataSet;
import scoria.bench.data.Format;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * Settings that do well on a data set, found by trying.
 *
 * @param noise how data turn into noise
 * @param sigmaData deviation of the standardised data
 * @param levels of noise in units of {@code sigmaData}
 * @param hidden width of the network
 * @param blocks residual blocks
 * @param steps of training
 * @param batch points a step
 * @param lr greatest learning rate
 * @param ema decay of the weights' average
 */
public record Recipe(
    Noise noise,
    double sigmaData,
    Levels levels,
    int hidden,
    int blocks,
    long steps,
    int batch,
    double lr,
    double ema) {

  /**
   * Noise levels, in units of the data's deviation.
   *
   * @param min least that samplers go to
   * @param max greatest, that samplers start from
   * @param logMean mean of the logarithm in training
   * @param logStd its deviation
   */
  record Levels(double min, double max, double logMean, double logStd) {}

  private static final int DRAWN = 20_000;

  /** What does well for a data set. */
  public static Recipe of(DataSet data, Noise noise) {
    double sigmaData = deviation(data);
    Format format = data.format();
    if (format.isImage()) {
      boolean small = format.dimension() <= 256;
      return new Recipe(
          noise,
          sigmaData,
          new Levels(0.01, 80, -0.5, 1.2),
          small ? 256 : 512,
          small ? 3 : 4,
          small ? 3000 : 10_000,
          256,
          small ? 3e-3 : 1e-3,
          small ? 0.998 : 0.999);
    }
    return new Recipe(
        noise, sigmaData, new Levels(0.01, 40, -1, 1.2), 128, 2, 1200, 512, 2e-3, 0.995);
  }

  /** Root mean square of the standardised coordinates about their means, to three figures. */
  private static double deviation(DataSet data) {
    Tensor x = data.standardisation().apply(data.show(DRAWN, Rng.of(0)));
    double square = x.sub(x.mean(new int[] {0}, true)).square().mean().item();
    return square > 0 ? Math.round(Math.sqrt(square) * 1000) / 1000.0 : 1;
  }

  /** The recipe, with what is given in place of its own. */
  public Settings settings(
      String data,
      long seed,
      @Nullable Long givenSteps,
      @Nullable Integer givenBatch,
      @Nullable Double givenLr,
      @Nullable Integer givenHidden,
      @Nullable Integer givenBlocks,
      @Nullable Double givenEma,
      @Nullable Double givenClip) {
    long all = givenSteps == null ? steps : givenSteps;
    return new Settings(
        data,
        "mlp",
        givenHidden == null ? hidden : givenHidden,
        givenBlocks == null ? blocks : givenBlocks,
        noise,
        sigmaData,
        levels.min() * sigmaData,
        levels.max() * sigmaData,
        levels.logMean() + StrictMath.log(sigmaData),
        levels.logStd(),
        all,
        givenBatch == null ? batch : givenBatch,
        givenLr == null ? lr : givenLr,
        Math.min(200, all / 10),
        givenClip == null ? 1 : givenClip,
        givenEma == null ? ema : givenEma,
        seed);
  }
}

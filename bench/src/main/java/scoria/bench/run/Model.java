package scoria.bench.run;

import scoria.autodiff.nn.Parameters;
import scoria.autodiff.nn.ResidualMlp;
import scoria.bench.data.Format;
import scoria.bench.data.Standardisation;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;
import scoria.samplers.score.Denoiser;
import scoria.samplers.score.Preconditioning;

/**
 * A network that denoises standardised data, and the way from and to the data's own units.
 *
 * @param settings what it was made from
 * @param format what a point is
 * @param standardisation between units of the data and of the network
 * @param network the network inside the preconditioning
 */
public record Model(
    Settings settings, Format format, Standardisation standardisation, ResidualMlp network) {
  /** Streams of a seed: what is drawn for one purpose never meets what is drawn for another. */
  private static final int INITIAL_STREAM = 0;

  /** A model with the weights that its seed gives it. */
  static Model untrained(Settings settings, Format format, Standardisation standardisation) {
    return new Model(
        settings,
        format,
        standardisation,
        ResidualMlp.of(
            Rng.of(settings.seed()).stream(INITIAL_STREAM),
            format.dimension(),
            settings.hidden(),
            settings.blocks()));
  }

  /**
   * The model of a checkpoint, with the averaged weights.
   *
   * @throws IllegalArgumentException if the weights do not fit the settings
   */
  static Model averaged(Checkpoint checkpoint) {
    Model model =
        untrained(checkpoint.settings(), checkpoint.format(), checkpoint.standardisation());
    model.network.buffers().assign(checkpoint.tensors().under(Checkpoint.BUFFERS));
    model.network.parameters().assign(checkpoint.tensors().under(Checkpoint.AVERAGE));
    return model;
  }

  Parameters parameters() {
    return network.parameters();
  }

  /** The mean of clean data given noised data, in the units of the network. */
  public Denoiser denoiser() {
    return new Preconditioning(settings.sigmaData()).denoiser(network::forward);
  }

  /**
   * The score of noised data in the data's own units, where the noise has the same deviation in
   * every coordinate of the network.
   *
   * @param points [n, d] in units of the data
   * @param sigma noise level in units of the network
   * @return [n, d], per unit of the data
   */
  public Tensor score(Tensor points, double sigma) {
    Tensor x = standardisation.apply(points);
    return denoiser().toScore().score(x, sigma).div(standardisation.scale());
  }
}

package scoria.bench.run;

import java.util.List;
import scoria.autodiff.grad.Gradient;
import scoria.autodiff.nn.Parameters;
import scoria.autodiff.optim.Adam;
import scoria.autodiff.optim.Clip;
import scoria.autodiff.optim.Ema;
import scoria.autodiff.optim.LearningRate;
import scoria.bench.data.DataSet;
import scoria.bench.data.Standardisation;
import scoria.engine.exec.Program;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;
import scoria.samplers.score.Denoiser;
import scoria.samplers.score.Loss;

/**
 * Denoising score matching, step by step. A trainer taken up from a checkpoint goes on with the
 * bits of one that was never stopped.
 */
final class Trainer {
  private static final int TRAINING_STREAM = 1;

  private final DataSet data;
  private final Model model;
  private final Denoiser denoiser;
  private final Loss loss;
  private final Parameters parameters;
  private final LearningRate rate;
  private final Adam adam;
  private final Ema ema;

  /** Recorded when it first runs, with the random numbers that the trainer has then. */
  private final Program program = Program.record(_ -> List.of(body()));

  private Rng rng;
  private long step;

  private Trainer(DataSet data, Model model) {
    Settings settings = model.settings();
    this.data = data;
    this.model = model;
    this.denoiser = model.denoiser();
    this.loss = settings.noise().loss(settings);
    this.parameters = model.parameters();
    this.rate =
        LearningRate.constant(settings.lr()).cosine(settings.steps()).warmUp(settings.warmUp());
    this.adam = Adam.of(parameters, rate);
    this.ema = Ema.of(parameters, settings.ema()).withWarmUp();
    this.rng = Rng.of(settings.seed()).stream(TRAINING_STREAM);
  }

  /** Begins. */
  static Trainer begin(DataSet data, Settings settings) {
    return new Trainer(data, Model.untrained(settings, data.format(), data.standardisation()));
  }

  /**
   * Goes on.
   *
   * @throws IllegalArgumentException if the checkpoint's tensors do not fit its settings
   */
  static Trainer resume(DataSet data, Checkpoint from) {
    Standardisation standardisation = from.standardisation();
    Trainer trainer =
        new Trainer(data, Model.untrained(from.settings(), from.format(), standardisation));
    Parameters tensors = from.tensors();
    trainer.parameters.assign(tensors.under(Checkpoint.WEIGHTS));
    trainer.model.network().buffers().assign(tensors.under(Checkpoint.BUFFERS));
    trainer.ema.restore(tensors.under(Checkpoint.AVERAGE), from.step());
    trainer.adam.restore(tensors.under(Checkpoint.OPTIMISER), from.step());
    trainer.rng = Rng.of(from.settings().seed(), TRAINING_STREAM, from.place());
    trainer.step = from.step();
    return trainer;
  }

  /** Steps taken. */
  long step() {
    return step;
  }

  /** Whether all steps are taken. */
  boolean isDone() {
    return step >= model.settings().steps();
  }

  /** Numbers that are learned. */
  long parameterCount() {
    return parameters.count();
  }

  /** The learning rate of the next step. */
  double learningRate() {
    return rate.at(step);
  }

  /**
   * Takes a step.
   *
   * @return the loss before it, which is not finite if training has failed; the weights are of no
   *     use then
   */
  double next() {
    double before = program.run().get(0).item();
    step++;
    return before;
  }

  /** A step: new points and noise, the loss, its gradient, the optimiser, the average. */
  private Tensor body() {
    Tensor x0 = model.standardisation().apply(data.draw(model.settings().batch(), rng));
    Tensor value = loss.loss(denoiser, x0, rng);
    List<Tensor> gradients = Gradient.of(value, parameters.tensors());
    adam.step(Clip.byGlobalNorm(gradients, model.settings().clip()).gradients());
    ema.update();
    return value;
  }

  /** What training would go on from now. Its tensors are the trainer's own and change with it. */
  Checkpoint checkpoint() {
    Standardisation standardisation = model.standardisation();
    return new Checkpoint(
        model.settings(),
        model.format(),
        step,
        rng.place(),
        parameters
            .prefixed(Checkpoint.WEIGHTS)
            .and(model.network().buffers().prefixed(Checkpoint.BUFFERS))
            .and(ema.average().prefixed(Checkpoint.AVERAGE))
            .and(adam.state().prefixed(Checkpoint.OPTIMISER))
            .and(
                Parameters.of(
                    Checkpoint.MEAN,
                    standardisation.mean(),
                    Checkpoint.SCALE,
                    standardisation.scale())));
  }
}

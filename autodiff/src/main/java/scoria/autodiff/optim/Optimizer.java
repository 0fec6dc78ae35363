package scoria.autodiff.optim;

import java.util.List;
import scoria.autodiff.nn.Parameters;
import scoria.engine.tensor.Tensor;

/**
 * Changes parameters along gradients, in place.
 *
 * <p>An optimiser with the same parameters, state and number of steps goes on with the same bits.
 * Make it outside of the {@link scoria.engine.memory.Scope} that a step is run in: its state lives
 * on. Not thread-safe.
 */
public interface Optimizer {
  /** What is optimised. */
  Parameters parameters();

  /**
   * One step.
   *
   * @param gradients one a parameter, in the order of {@link #parameters}
   * @throws IllegalArgumentException if their number, a shape or a type does not fit
   */
  void step(List<Tensor> gradients);

  /** How many steps have been taken. */
  long steps();

  /** The tensors that it remembers from step to step, to be saved; they change with every step. */
  Parameters state();

  /**
   * Takes up where another left off.
   *
   * @param state what {@link #state} gave, or a copy
   * @param steps what {@link #steps} gave
   * @throws IllegalArgumentException if names or shapes differ
   */
  void restore(Parameters state, long steps);
}

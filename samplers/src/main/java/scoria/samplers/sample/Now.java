package scoria.samplers.sample;

import java.util.function.IntToDoubleFunction;
import scoria.engine.device.Device;
import scoria.engine.exec.Feed;
import scoria.engine.tensor.Tensor;

/**
 * Which step a sampler is at. What differs from step to step comes as a tensor, so that one
 * recording of a step serves them all.
 */
final class Now {
  /** Number of the step, from 0. */
  int step;

  /**
   * A number of the step, [1].
   *
   * @param like gives the type and the device
   * @param of the number from that of the step
   */
  Tensor number(Tensor like, IntToDoubleFunction of) {
    try (Device.Use use = like.device().use()) {
      return Feed.of(like.dtype(), 1, value -> value[0] = of.applyAsDouble(step));
    }
  }

  /** A number of the step for every sample of {@code x}, [n]. */
  Tensor level(Tensor x, IntToDoubleFunction of) {
    return number(x, of).expand(x.size(0));
  }
}

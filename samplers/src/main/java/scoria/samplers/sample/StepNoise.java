package scoria.samplers.sample;

import scoria.engine.exec.Execute;
import scoria.engine.exec.Feed;
import scoria.engine.op.RandomOp;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * Normal noise, each draw from a stream of its own: element i of draw k does not depend on how many
 * elements the draws before it had. The first stream's number is drawn from the given random
 * numbers, 62 bits, so that streams of different calls do not meet.
 */
final class StepNoise {
  private final Rng key;
  private long next;

  StepNoise(Rng rng) {
    long[] halves = rng.integers(1L << 31, 2).toLongs();
    key = rng;
    next = halves[0] << 31 | halves[1];
  }

  Tensor draw(DType dtype, Shape shape) {
    Tensor state =
        Feed.int64(
            RandomOp.NUMBERS,
            numbers -> {
              numbers[0] = key.seed();
              numbers[1] = next++;
              numbers[2] = 0;
            });
    return Execute.run(new RandomOp(RandomOp.Kind.NORMAL, 0, shape, dtype), state);
  }

  Tensor like(Tensor x) {
    return draw(x.dtype(), x.shape());
  }
}

package scoria.bench.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A training step of denoising score matching, as both sides do it: points of the plane get noise
 * of size sigma, a network 2-128-128-128-2 with SiLU guesses the score, the loss is the mean over
 * points of |sigma s(x + sigma eps) + eps|^2, and Adam follows its gradient.
 *
 * <p>The numbers come from {@link Random}, whose sequence is part of its specification, so that two
 * processes have the same.
 */
public final class DsmProblem {
  /** Points in a batch. */
  public static final int BATCH = 512;

  /** Features between the layers, from the input to the output. */
  public static final List<Integer> SIZES = List.of(2, 128, 128, 128, 2);

  /** Size of the noise. */
  public static final double SIGMA = 0.5;

  /** Learning rate of Adam, whose betas are 0.9 and 0.999 and whose epsilon is 1e-8. */
  public static final double RATE = 1e-3;

  /** Steps that are compared. */
  public static final int CHECKED_STEPS = 5;

  private final List<float[]> weights = new ArrayList<>();
  private final List<float[]> biases = new ArrayList<>();
  private final List<float[]> noise = new ArrayList<>();
  private final float[] data;

  /** Draws the numbers; always the same. */
  public DsmProblem() {
    Random random = new Random(1);
    for (int i = 1; i < SIZES.size(); i++) {
      int in = SIZES.get(i - 1);
      float bound = (float) (1 / Math.sqrt(in));
      weights.add(uniform(random, in * SIZES.get(i), bound));
      biases.add(uniform(random, SIZES.get(i), bound));
    }
    data = normal(random);
    for (int i = 0; i < CHECKED_STEPS; i++) {
      noise.add(normal(random));
    }
  }

  /** Number of linear layers. */
  public static int layers() {
    return SIZES.size() - 1;
  }

  /** Weights of a layer in rows, [in, out]. */
  public float[] weight(int layer) {
    return weights.get(layer).clone();
  }

  /** Bias of a layer, [out]. */
  public float[] bias(int layer) {
    return biases.get(layer).clone();
  }

  /** The batch, [512, 2]. */
  public float[] data() {
    return data.clone();
  }

  /** Noise of a step that is compared, [512, 2]. */
  public float[] noise(int step) {
    return noise.get(step).clone();
  }

  /**
   * Operations of a step's matrix products: each layer's output and the gradient of its weights,
   * and but for the first that of its input.
   */
  static double flops() {
    double multiplyAdds = 0;
    for (int i = 1; i < SIZES.size(); i++) {
      multiplyAdds += (i == 1 ? 2.0 : 3.0) * BATCH * SIZES.get(i - 1) * SIZES.get(i);
    }
    return 2 * multiplyAdds;
  }

  private static float[] uniform(Random random, int n, float bound) {
    float[] out = new float[n];
    for (int i = 0; i < n; i++) {
      out[i] = bound * (2 * random.nextFloat() - 1);
    }
    return out;
  }

  private static float[] normal(Random random) {
    float[] out = new float[2 * BATCH];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) random.nextGaussian();
    }
    return out;
  }
}

package scoria.bench.peers;

import java.util.Random;

/**
 * The product of two square float32 matrices, as both sides do it, each time from the matrices as
 * they are given.
 *
 * <p>The numbers come from {@link Random}, whose sequence is part of its specification, so that two
 * processes have the same.
 */
public final class ProductProblem {
  private final int size;
  private final float[] left;
  private final float[] right;

  /**
   * Draws the numbers, between 0 and 1; always the same.
   *
   * @param contest the name of a row, which ends with the number of rows and columns
   */
  public ProductProblem(String contest) {
    size = Integer.parseInt(contest.substring(contest.lastIndexOf('-') + 1));
    Random random = new Random(size);
    left = draw(random);
    right = draw(random);
  }

  private float[] draw(Random random) {
    float[] values = new float[size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }

  /** Rows and columns of the matrices. */
  public int size() {
    return size;
  }

  /** The first factor by rows. */
  public float[] left() {
    return left.clone();
  }

  /** The second factor by rows. */
  public float[] right() {
    return right.clone();
  }

  /**
   * Some elements of the product, from all parts of it.
   *
   * @param product all elements by rows
   */
  public double[] some(float[] product) {
    double[] out = new double[8];
    for (int i = 0; i < out.length; i++) {
      out[i] = product[(int) ((long) i * (product.length - 1) / (out.length - 1))];
    }
    return out;
  }
}

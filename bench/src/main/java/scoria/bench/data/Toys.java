package scoria.bench.data;

import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;
import scoria.samplers.density.Gaussian;
import scoria.samplers.density.Mixture;

/** Distributions in the plane that everybody tries first. */
final class Toys {
  private static final double SQRT2 = 1.414;

  private static final Mixture THREE =
      Mixture.of(
          new double[] {0.5, 0.3, 0.2},
          Gaussian.of(new double[] {-2, -1}, new double[][] {{0.6, 0.4}, {0.4, 0.5}}),
          Gaussian.of(new double[] {2, -0.5}, new double[][] {{0.2, 0}, {0, 1.2}}),
          Gaussian.of(new double[] {0.5, 2.5}, new double[][] {{0.8, -0.3}, {-0.3, 0.3}}));

  private Toys() {}

  /**
   * Two interleaved half circles of radius 1, as scikit-learn's make_moons defines them: (cos t,
   * sin t) and (1 - cos t, 1/2 - sin t) for t in [0, pi], with normal noise of deviation 0.1 on
   * both coordinates.
   */
  static Tensor twoMoons(int n, Rng rng) {
    Tensor turn = rng.uniform(n).mul(2 * Math.PI);
    Tensor inner = turn.greaterEqual(Tensor.scalar(Math.PI, turn.dtype()));
    Tensor t = Tensor.where(inner, turn.sub(Math.PI), turn);
    Tensor cos = t.cos();
    Tensor sin = t.sin();
    Tensor x = Tensor.where(inner, cos.neg().add(1), cos);
    Tensor y = Tensor.where(inner, sin.neg().add(0.5), sin);
    return plane(x, y).add(rng.normal(n, 2).mul(0.1));
  }

  /** Eight Gaussians of deviation 0.5/1.414 on a circle of radius 4/1.414. */
  static Tensor eightGaussians(int n, Rng rng) {
    Tensor angle = rng.integers(8, n).to(DType.FLOAT32).mul(Math.PI / 4);
    Tensor centre = plane(angle.cos(), angle.sin()).mul(4 / SQRT2);
    return centre.add(rng.normal(n, 2).mul(0.5 / SQRT2));
  }

  /** Even on the eight black squares, of side 2, of a board over [-4, 4]<sup>2</sup>: area 32. */
  static Tensor checkerboard(int n, Rng rng) {
    Tensor column = rng.uniform(n).mul(4);
    Tensor whole = column.floor();
    Tensor parity = whole.sub(whole.mul(0.5).floor().mul(2));
    Tensor square = rng.integers(2, n).to(DType.FLOAT32).mul(2).add(parity);
    Tensor row = rng.uniform(n).add(square);
    return plane(column, row).mul(2).sub(4);
  }

  /**
   * A spiral: t (cos t, sin t) / 5 for t even on [1.5 pi, 4.5 pi], with normal noise of deviation
   * 0.1. It is scikit-learn's make_swiss_roll without its second axis, at a fifth of the size.
   */
  static Tensor swissRoll(int n, Rng rng) {
    Tensor t = rng.uniform(n).mul(3 * Math.PI).add(1.5 * Math.PI);
    return plane(t.mul(t.cos()), t.mul(t.sin())).div(5).add(rng.normal(n, 2).mul(0.1));
  }

  /** Three Gaussians with unequal weights and covariances, whose score is known at every level. */
  static Tensor mixture(int n, Rng rng) {
    return THREE.sample(rng, DType.FLOAT32, n);
  }

  private static Tensor plane(Tensor x, Tensor y) {
    return Tensor.stack(1, x, y);
  }
}

package scoria.samplers.density;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * A mixture of normal densities, p = sum<sub>k</sub> w<sub>k</sub> N(m<sub>k</sub>, S<sub>k</sub>).
 * Under noise it stays one, with the same weights:
 *
 * <pre>
 *   ln p_sigma(x) = log-sum-exp_k (ln w_k + ln N_k,sigma(x))
 *   r_k(x) = softmax_k (ln w_k + ln N_k,sigma(x)),  the responsibilities
 *   s(x, sigma) = sum_k r_k s_k(x, sigma)
 *   D(x, sigma) = sum_k r_k D_k(x, sigma)
 * </pre>
 */
public final class Mixture implements ExactDensity {
  private final double[] weights;
  private final List<Gaussian> components;

  private Mixture(double[] weights, List<Gaussian> components) {
    this.weights = weights;
    this.components = components;
  }

  /**
   * A mixture.
   *
   * @param weights one positive number for each component; they are divided by their sum
   * @param components all of one dimension
   */
  public static Mixture of(double[] weights, Gaussian... components) {
    if (components.length == 0 || weights.length != components.length) {
      throw new IllegalArgumentException(
          weights.length
              + " weights for "
              + components.length
              + " components; there must be one for each, and at least one component");
    }
    double sum = Arrays.stream(weights).sum();
    if (!Arrays.stream(weights).allMatch(w -> w > 0) || !Double.isFinite(sum)) {
      throw new IllegalArgumentException(
          "weights " + Arrays.toString(weights) + "; they must be positive and finite");
    }
    for (Gaussian component : components) {
      if (component.dimension() != components[0].dimension()) {
        throw new IllegalArgumentException(
            "components of "
                + components[0].dimension()
                + " and of "
                + component.dimension()
                + " dimensions; they must be of one");
      }
    }
    return new Mixture(Arrays.stream(weights).map(w -> w / sum).toArray(), List.of(components));
  }

  /** A mixture with equal weights. */
  public static Mixture even(Gaussian... components) {
    double[] weights = new double[components.length];
    Arrays.fill(weights, 1);
    return of(weights, components);
  }

  /** The weights, of sum 1. */
  public double[] weights() {
    return weights.clone();
  }

  /** The components. */
  public List<Gaussian> components() {
    return components;
  }

  @Override
  public int dimension() {
    return components.get(0).dimension();
  }

  @Override
  public Tensor logDensity(Tensor x, Tensor sigma) {
    return joint(x, sigma).logSumExp(1);
  }

  /**
   * The probability that a point comes from each of the components.
   *
   * @param x points, [n, d]
   * @param sigma noise levels, [n]
   * @return [n, number of components], of row sum 1
   */
  public Tensor responsibilities(Tensor x, Tensor sigma) {
    return joint(x, sigma).softmax(1);
  }

  @Override
  public Tensor score(Tensor x, Tensor sigma) {
    return weighted(x, sigma, Gaussian::score);
  }

  @Override
  public Tensor denoise(Tensor x, Tensor sigma) {
    return weighted(x, sigma, Gaussian::denoise);
  }

  @Override
  public Mixture noised(double sigma) {
    return new Mixture(weights, components.stream().map(g -> g.noised(sigma)).toList());
  }

  @Override
  public Tensor sample(Rng rng, DType dtype, long n) {
    Tensor u = rng.uniform(DType.FLOAT64, n, 1);
    Tensor eps = rng.normal(dtype, n, dimension());
    Tensor x = components.get(0).shaped(eps);
    double below = 0;
    for (int k = 1; k < components.size(); k++) {
      below += weights[k - 1];
      Tensor fromHere = u.greaterEqual(Tensor.scalar(below, DType.FLOAT64));
      x = Tensor.where(fromHere, components.get(k).shaped(eps), x);
    }
    return x;
  }

  /** ln w<sub>k</sub> + ln N<sub>k,sigma</sub>(x), [n, components]. */
  private Tensor joint(Tensor x, Tensor sigma) {
    return Tensor.stack(
        1,
        IntStream.range(0, components.size())
            .mapToObj(k -> components.get(k).logDensity(x, sigma).add(StrictMath.log(weights[k])))
            .toArray(Tensor[]::new));
  }

  /** A quantity of the components at noised points. */
  @FunctionalInterface
  private interface Part {
    Tensor at(Gaussian component, Tensor x, Tensor sigma);
  }

  private Tensor weighted(Tensor x, Tensor sigma, Part part) {
    Tensor r = responsibilities(x, sigma);
    Tensor sum = r.narrow(1, 0, 1).mul(part.at(components.get(0), x, sigma));
    for (int k = 1; k < components.size(); k++) {
      sum = sum.add(r.narrow(1, k, 1).mul(part.at(components.get(k), x, sigma)));
    }
    return sum;
  }
}

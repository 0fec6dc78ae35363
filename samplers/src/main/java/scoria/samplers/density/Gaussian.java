package scoria.samplers.density;

import java.util.Arrays;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * The normal density N(m, S) with full covariance S = V diag(l) V<sup>T</sup>. Noise only adds to
 * the eigenvalues, so that one decomposition serves all levels:
 *
 * <pre>
 *   z = V^T (x - m)
 *   ln p_sigma(x) = -1/2 sum_k (z_k^2 / (l_k + sigma^2) + ln(2 pi (l_k + sigma^2)))
 *   s(x, sigma) = -V diag(1 / (l + sigma^2)) z
 *   D(x, sigma) = m + V diag(l / (l + sigma^2)) z
 * </pre>
 *
 * <p>S may be singular: density and score are finite only with noise then. Immutable and
 * independent of scopes: tensors are made anew by every call.
 */
public final class Gaussian implements ExactDensity {
  private final double[] mean;
  private final double[] values;
  private final double[] vectors;

  private Gaussian(double[] mean, double[] values, double[] vectors) {
    this.mean = mean;
    this.values = values;
    this.vectors = vectors;
  }

  /**
   * The normal density of a mean and a covariance.
   *
   * @param mean m, d numbers
   * @param covariance S, d rows of d numbers, symmetric and positive semi-definite
   */
  public static Gaussian of(double[] mean, double[][] covariance) {
    int d = dimension(mean);
    if (covariance.length != d || Arrays.stream(covariance).anyMatch(row -> row.length != d)) {
      throw new IllegalArgumentException(
          "the covariance is not a "
              + d
              + " by "
              + d
              + " matrix, which the mean of "
              + d
              + " numbers asks for");
    }
    double largest =
        Arrays.stream(covariance).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
    if (!Double.isFinite(largest)) {
      throw new IllegalArgumentException("the covariance has an element that is not finite");
    }
    double tolerance = 1e-12 * d * largest;
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < i; j++) {
        if (Math.abs(covariance[i][j] - covariance[j][i]) > tolerance) {
          throw new IllegalArgumentException(
              "the covariance is not symmetric: element "
                  + i
                  + ", "
                  + j
                  + " is "
                  + covariance[i][j]
                  + " and its mirror image "
                  + covariance[j][i]);
        }
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(covariance);
    double[] values = eigen.values();
    for (int k = 0; k < d; k++) {
      if (values[k] < -tolerance) {
        throw new IllegalArgumentException(
            "the covariance has the negative eigenvalue " + values[k] + "; a covariance has none");
      }
      // Zero to rounding is zero.
      values[k] = values[k] <= tolerance ? 0 : values[k];
    }
    return new Gaussian(mean.clone(), values, eigen.vectors());
  }

  /** N(m, std<sup>2</sup> I). */
  public static Gaussian isotropic(double std, double... mean) {
    int d = dimension(mean);
    if (!(std >= 0 && Double.isFinite(std))) {
      throw new IllegalArgumentException(
          "standard deviation " + std + "; it must be finite and not negative");
    }
    double[] values = new double[d];
    Arrays.fill(values, std * std);
    double[] vectors = new double[d * d];
    for (int i = 0; i < d; i++) {
      vectors[i * d + i] = 1;
    }
    return new Gaussian(mean.clone(), values, vectors);
  }

  private static int dimension(double[] mean) {
    if (mean.length == 0 || !Arrays.stream(mean).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "mean " + Arrays.toString(mean) + "; it takes at least one number, all of them finite");
    }
    return mean.length;
  }

  @Override
  public int dimension() {
    return mean.length;
  }

  /** The mean m. */
  public double[] mean() {
    return mean.clone();
  }

  /** The covariance S, d rows of d numbers. */
  public double[][] covariance() {
    int d = dimension();
    double[][] s = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        for (int k = 0; k < d; k++) {
          s[i][j] += vectors[i * d + k] * values[k] * vectors[j * d + k];
        }
      }
    }
    return s;
  }

  @Override
  public Tensor logDensity(Tensor x, Tensor sigma) {
    Tensor v = variances(x, sigma);
    Tensor z = rotated(x);
    return z.square().div(v).add(v.mul(2 * Math.PI).log()).sum(1).mul(-0.5);
  }

  @Override
  public Tensor score(Tensor x, Tensor sigma) {
    return back(rotated(x).div(variances(x, sigma))).neg();
  }

  @Override
  public Tensor denoise(Tensor x, Tensor sigma) {
    Tensor z = rotated(x);
    return back(z.mul(row(values, x.dtype())).div(variances(x, sigma))).add(row(mean, x.dtype()));
  }

  @Override
  public Gaussian noised(double sigma) {
    double[] noised = values.clone();
    for (int k = 0; k < noised.length; k++) {
      noised[k] += sigma * sigma;
    }
    return new Gaussian(mean, noised, vectors);
  }

  @Override
  public Tensor sample(Rng rng, DType dtype, long n) {
    return shaped(rng.normal(dtype, n, dimension()));
  }

  /** m + V diag(sqrt l) eps: standard normal rows to rows of this density. */
  Tensor shaped(Tensor eps) {
    double[] roots = Arrays.stream(values).map(Math::sqrt).toArray();
    return back(eps.mul(row(roots, eps.dtype()))).add(row(mean, eps.dtype()));
  }

  /** V<sup>T</sup> (x - m), [n, d]. */
  private Tensor rotated(Tensor x) {
    if (x.rank() != 2 || x.size(1) != dimension()) {
      throw new IllegalArgumentException(
          "points "
              + x.signature()
              + " of a density in "
              + dimension()
              + " dimensions; they must be [n, "
              + dimension()
              + "]");
    }
    return x.sub(row(mean, x.dtype())).matmul(vectors(x.dtype()));
  }

  /** V z, by rows. */
  private Tensor back(Tensor z) {
    return z.matmul(vectors(z.dtype()), false, true);
  }

  /** l + sigma<sup>2</sup>, [n, d]. */
  private Tensor variances(Tensor x, Tensor sigma) {
    if (sigma.rank() != 1 || sigma.size(0) != x.size(0)) {
      throw new IllegalArgumentException(
          "noise levels "
              + sigma.signature()
              + " for points "
              + x.signature()
              + "; there must be one level a point, [n] for [n, d]");
    }
    return row(values, x.dtype()).add(sigma.square().unsqueeze(1));
  }

  private Tensor row(double[] numbers, DType dtype) {
    return Tensor.of(numbers, 1, dimension()).to(dtype);
  }

  private Tensor vectors(DType dtype) {
    return Tensor.of(vectors, dimension(), dimension()).to(dtype);
  }
}

package scoria.samplers.noise;

/** Noise levels in falling order, from noise to data. */
public final class NoiseGrid {
  private NoiseGrid() {}

  /**
   * Even in sigma<sup>1/rho</sup>: sigma<sub>i</sub> = (sigma<sub>max</sub><sup>1/rho</sup> + i /
   * (n - 1) (sigma<sub>min</sub><sup>1/rho</sup> -
   * sigma<sub>max</sub><sup>1/rho</sup>))<sup>rho</sup>, i = 0 ... n - 1 (Karras et al., 2022, eq.
   * 5, where rho = 7). Both ends are exact.
   *
   * @param sigmaMax the first level
   * @param sigmaMin the last level, positive
   * @param rho at least 1; the greater, the closer the levels are near {@code sigmaMin}
   * @param n how many, at least 2
   */
  public static double[] karras(double sigmaMax, double sigmaMin, double rho, int n) {
    checkRange(sigmaMin, sigmaMax);
    checkCount(n);
    if (!(rho >= 1 && Double.isFinite(rho))) {
      throw new IllegalArgumentException("rho = " + rho + "; it must be at least 1 and finite");
    }
    double first = StrictMath.pow(sigmaMax, 1 / rho);
    double last = StrictMath.pow(sigmaMin, 1 / rho);
    double[] sigma = new double[n];
    for (int i = 0; i < n; i++) {
      sigma[i] = StrictMath.pow(first + i / (n - 1.0) * (last - first), rho);
    }
    return withEnds(sigma, sigmaMax, sigmaMin);
  }

  /**
   * Even in ln sigma: a constant ratio from level to level. Both ends are exact.
   *
   * @param sigmaMax the first level
   * @param sigmaMin the last level, positive
   * @param n how many, at least 2
   */
  public static double[] geometric(double sigmaMax, double sigmaMin, int n) {
    checkRange(sigmaMin, sigmaMax);
    checkCount(n);
    double[] sigma = new double[n];
    for (int i = 0; i < n; i++) {
      sigma[i] = sigmaMax * StrictMath.pow(sigmaMin / sigmaMax, i / (n - 1.0));
    }
    return withEnds(sigma, sigmaMax, sigmaMin);
  }

  private static double[] withEnds(double[] sigma, double first, double last) {
    sigma[0] = first;
    sigma[sigma.length - 1] = last;
    return sigma;
  }

  private static void checkCount(int n) {
    if (n < 2) {
      throw new IllegalArgumentException(n + " noise levels; a grid has at least 2");
    }
  }

  static void checkRange(double sigmaMin, double sigmaMax) {
    if (!(sigmaMin > 0 && sigmaMax > sigmaMin && Double.isFinite(sigmaMax))) {
      throw new IllegalArgumentException(
          "noise levels from "
              + sigmaMin
              + " to "
              + sigmaMax
              + "; they must be positive and finite, the second above the first");
    }
  }
}

package scoria.samplers.sample;

/**
 * Noise that {@link EdmHeun} adds on its way: before a step from a level within [{@code min},
 * {@code max}] the level is raised by the factor 1 + min({@code amount} / steps, sqrt 2 - 1) with
 * fresh noise of standard deviation {@code noise}.
 *
 * @param amount S_churn, at least 0; 0 for none
 * @param min S_min, at least 0
 * @param max S_max, not below {@code min}
 * @param noise S_noise, positive; 1 is exact for an exact model
 */
public record Churn(double amount, double min, double max, double noise) {
  /** No added noise: the probability flow itself. */
  public static final Churn NONE = new Churn(0, 0, 0, 1);

  /** Checks the numbers. */
  public Churn {
    if (!(amount >= 0 && min >= 0 && max >= min && noise > 0 && Double.isFinite(amount + noise))) {
      throw new IllegalArgumentException(
          "churn "
              + amount
              + " on ["
              + min
              + ", "
              + max
              + "] with noise "
              + noise
              + "; amount and bounds must not be negative, the bounds in order, the noise positive");
    }
  }

  /** Churn at all levels. */
  public static Churn everywhere(double amount) {
    return new Churn(amount, 0, Double.POSITIVE_INFINITY, 1);
  }

  double gamma(double sigma, int steps) {
    return sigma >= min && sigma <= max ? Math.min(amount / steps, Math.sqrt(2) - 1) : 0;
  }
}

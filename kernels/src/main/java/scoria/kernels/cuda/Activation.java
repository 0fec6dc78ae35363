package scoria.kernels.cuda;

/**
 * What a product's last step may be; each has the bits of the function of {@link CudaPointwise}.
 */
public enum Activation {
  /** The product as it is. */
  NONE,
  /** max(x, 0). */
  RELU,
  /** x / (1 + e^-x). */
  SILU,
  /** x (1 + erf(x / sqrt 2)) / 2. */
  GELU,
  /** Hyperbolic tangent. */
  TANH,
  /** 1 / (1 + e^-x). */
  SIGMOID,
  /** ln(1 + e^x). */
  SOFTPLUS
}

package scoria.autodiff.nn;

import scoria.engine.tensor.Tensor;

/** Functions of every element, as layers without parameters. */
public enum Activation implements Layer {
  /** x sigmoid(x). */
  SILU(1.6765324703310912) {
    @Override
    public Tensor forward(Tensor x) {
      return x.silu();
    }
  },
  /** x/2 (1 + erf(x / sqrt 2)). */
  GELU(1.5335304411955352) {
    @Override
    public Tensor forward(Tensor x) {
      return x.gelu();
    }
  },
  /** Hyperbolic tangent. */
  TANH(1.5925374197228314) {
    @Override
    public Tensor forward(Tensor x) {
      return x.tanh();
    }
  },
  /** max(x, 0). */
  RELU(1.4142135623730951) {
    @Override
    public Tensor forward(Tensor x) {
      return x.relu();
    }
  },
  /** ln(1 + e<sup>x</sup>). */
  SOFTPLUS(1.0418668355353017) {
    @Override
    public Tensor forward(Tensor x) {
      return x.softplus();
    }
  };

  private final double gain;

  Activation(double gain) {
    this.gain = gain;
  }

  /**
   * What weights after this activation are multiplied by so that their outputs have mean square 1:
   * 1 / sqrt(E f(Z)<sup>2</sup>) for a standard normal Z. For RELU it is He's sqrt 2.
   */
  public double gain() {
    return gain;
  }

  @Override
  public Parameters parameters() {
    return Parameters.none();
  }
}

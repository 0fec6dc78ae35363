package scoria.bench.peers.parity;

/** Which derivatives of a trial are compared. */
enum Orders {
  /** Gradients. */
  GRADIENT,
  /** And forward derivatives times a vector, which gradients give too. */
  PROJECTED,
  /** Gradients and forward derivatives. */
  FORWARD,
  /** And the gradient of the gradient. */
  SECOND;

  boolean hasProjected() {
    return this == PROJECTED;
  }

  boolean hasForward() {
    return this == FORWARD || this == SECOND;
  }

  boolean hasSecond() {
    return this == SECOND;
  }

  /** What is compared in a float type, where libtorch can or cannot differentiate a gradient. */
  static Orders of(boolean float32, boolean twice) {
    if (twice) {
      return float32 ? FORWARD : SECOND;
    }
    // A product of all results is too far from them to be compared in float32.
    return float32 ? GRADIENT : PROJECTED;
  }
}

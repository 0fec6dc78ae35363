package scoria.bench.peers.parity;

/** Which derivatives of a trial are compared. */
enum Orders {
  /** Values and gradients. */
  GRADIENT,
  /** Forward mode too. */
  FORWARD,
  /** And the gradient of the gradient. */
  SECOND;

  boolean hasForward() {
    return this != GRADIENT;
  }

  boolean hasSecond() {
    return this == SECOND;
  }
}

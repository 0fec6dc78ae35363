package scoria.bench.peers.parity;

/**
 * By how much results may differ: {@code absolute + relative |theirs|}.
 *
 * <p>The numbers are those of PyTorch's {@code torch.testing.assert_close}.
 */
record Tolerance(double relative, double absolute) {
  static final Tolerance FLOAT32 = new Tolerance(1.3e-6, 1e-5);
  static final Tolerance FLOAT64 = new Tolerance(1e-7, 1e-7);
}

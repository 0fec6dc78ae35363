package scoria.engine.op;

import scoria.engine.device.Device;

/**
 * A function of matrices, in the last two axes of its inputs, that is not a product; on the CPU
 * alone. float32 is computed in float64 and rounded once.
 */
public sealed interface MatrixOp extends SingleOp
    permits Cholesky, TriangularSolve, Solve, Determinant {
  @Override
  default boolean runsOn(Device device) {
    return device == Device.cpu();
  }
}

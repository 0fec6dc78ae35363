package scoria.engine.device;

import scoria.engine.device.Schedule.Task;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.FusedF32;
import scoria.kernels.cpu.FusedF64;

/** What runs as one loop though it was recorded as several tasks: {@link Fusion} finds it. */
enum Fused {
  /** a + c with a row c. */
  ADD_ROW,
  /** (a + b) + c with a row c. */
  ADD_ADD_ROW,
  /** a b + c d. */
  MUL_ADD_MUL,
  /** (a b) c + d e. */
  MUL_MUL_ADD_MUL,
  /** (a b) c + d (e + f). */
  MUL_MUL_ADD_MUL_SUM,
  /** silu(x), siluGrad(x, g) and siluCurve(x, g) with one number g. */
  SILU_CURVES;

  /**
   * A step of its own kind.
   *
   * @param task inputs in the order of the formula
   * @param in where they lie
   * @param out where the outputs lie
   * @param n rows of the batch
   */
  RowStep step(Task task, Place[] in, Place[] out, long n) {
    Tensor y = task.outputs().get(0);
    boolean wide = y.dtype() == DType.FLOAT64;
    long width = y.elements() / n;
    return switch (this) {
      case ADD_ROW -> addRow(wide, in[0], in[1], out[0], width);
      case ADD_ADD_ROW -> addAddRow(wide, in[0], in[1], in[2], out[0], width);
      case MUL_ADD_MUL -> mulAddMul(wide, in, out[0], width);
      case MUL_MUL_ADD_MUL -> mulMulAddMul(wide, in, out[0], width);
      case MUL_MUL_ADD_MUL_SUM -> mulMulAddMulSum(wide, in, out[0], width);
      case SILU_CURVES -> siluCurves(wide, in[0], in[1], out, width);
    };
  }

  private static RowStep addRow(boolean wide, Place a, Place c, Place y, long width) {
    return wide
        ? f ->
            FusedF64.addRow(
                a.segment(f), a.at(f), c.segment(f), c.at(f), y.segment(f), y.at(f), f.rows, width)
        : f ->
            FusedF32.addRow(
                a.segment(f), a.at(f), c.segment(f), c.at(f), y.segment(f), y.at(f), f.rows, width);
  }

  private static RowStep addAddRow(boolean wide, Place a, Place b, Place c, Place y, long width) {
    return wide
        ? f ->
            FusedF64.addAddRow(
                a.segment(f),
                a.at(f),
                b.segment(f),
                b.at(f),
                c.segment(f),
                c.at(f),
                y.segment(f),
                y.at(f),
                f.rows,
                width)
        : f ->
            FusedF32.addAddRow(
                a.segment(f),
                a.at(f),
                b.segment(f),
                b.at(f),
                c.segment(f),
                c.at(f),
                y.segment(f),
                y.at(f),
                f.rows,
                width);
  }

  private static RowStep mulAddMul(boolean wide, Place[] in, Place y, long width) {
    Place a = in[0];
    Place b = in[1];
    Place c = in[2];
    Place d = in[3];
    return wide
        ? f ->
            FusedF64.mulAddMul(
                a.segment(f),
                a.at(f),
                b.segment(f),
                b.at(f),
                c.segment(f),
                c.at(f),
                d.segment(f),
                d.at(f),
                y.segment(f),
                y.at(f),
                f.rows * width)
        : f ->
            FusedF32.mulAddMul(
                a.segment(f),
                a.at(f),
                b.segment(f),
                b.at(f),
                c.segment(f),
                c.at(f),
                d.segment(f),
                d.at(f),
                y.segment(f),
                y.at(f),
                f.rows * width);
  }

  private static RowStep mulMulAddMul(boolean wide, Place[] in, Place y, long width) {
    Place a = in[0];
    Place b = in[1];
    Place c = in[2];
    Place d = in[3];
    Place e = in[4];
    return wide
        ? f ->
            FusedF64.mulMulAddMul(
                a.segment(f),
                a.at(f),
                b.segment(f),
                b.at(f),
                c.segment(f),
                c.at(f),
                d.segment(f),
                d.at(f),
                e.segment(f),
                e.at(f),
                y.segment(f),
                y.at(f),
                f.rows * width)
        : f ->
            FusedF32.mulMulAddMul(
                a.segment(f),
                a.at(f),
                b.segment(f),
                b.at(f),
                c.segment(f),
                c.at(f),
                d.segment(f),
                d.at(f),
                e.segment(f),
                e.at(f),
                y.segment(f),
                y.at(f),
                f.rows * width);
  }

  private static RowStep mulMulAddMulSum(boolean wide, Place[] in, Place y, long width) {
    Place a = in[0];
    Place b = in[1];
    Place c = in[2];
    Place d = in[3];
    Place e = in[4];
    Place g = in[5];
    return wide
        ? f ->
            FusedF64.mulMulAddMulSum(
                a.segment(f),
                a.at(f),
                b.segment(f),
                b.at(f),
                c.segment(f),
                c.at(f),
                d.segment(f),
                d.at(f),
                e.segment(f),
                e.at(f),
                g.segment(f),
                g.at(f),
                y.segment(f),
                y.at(f),
                f.rows * width)
        : f ->
            FusedF32.mulMulAddMulSum(
                a.segment(f),
                a.at(f),
                b.segment(f),
                b.at(f),
                c.segment(f),
                c.at(f),
                d.segment(f),
                d.at(f),
                e.segment(f),
                e.at(f),
                g.segment(f),
                g.at(f),
                y.segment(f),
                y.at(f),
                f.rows * width);
  }

  private static RowStep siluCurves(boolean wide, Place x, Place g, Place[] out, long width) {
    Place y = out[0];
    Place slope = out[1];
    Place curve = out[2];
    return wide
        ? f ->
            FusedF64.siluCurves(
                x.segment(f),
                x.at(f),
                g.segment(f),
                g.at(f),
                y.segment(f),
                y.at(f),
                slope.segment(f),
                slope.at(f),
                curve.segment(f),
                curve.at(f),
                f.rows * width)
        : f ->
            FusedF32.siluCurves(
                x.segment(f),
                x.at(f),
                g.segment(f),
                g.at(f),
                y.segment(f),
                y.at(f),
                slope.segment(f),
                slope.at(f),
                curve.segment(f),
                curve.at(f),
                f.rows * width);
  }
}

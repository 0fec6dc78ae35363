package scoria.engine.tensor;

import scoria.engine.device.Device;
import scoria.engine.exec.Execute;
import scoria.engine.op.MatrixOp;
import scoria.engine.op.Qr;
import scoria.engine.op.Solve;
import scoria.engine.op.Svd;

/** Brings what a caller gives for matrices into the form that operations take. */
final class Matrices {
  private Matrices() {}

  /** A vector is one column, which is left out of the result. */
  static Tensor solve(Tensor a, Tensor b, MatrixOp op) {
    return b.rank() == 1 ? a.apply(op, b.unsqueeze(1)).squeeze(-1) : a.apply(op, b);
  }

  static Tensor inverse(Tensor a) {
    square(a, "inverse");
    if (!a.dtype().isFloat()) {
      throw new IllegalArgumentException(
          "'inverse' of "
              + a.signature()
              + ": it works on float32 and float64, not on "
              + a.dtype()
              + "; convert with to(dtype)");
    }
    try (Device.Use use = a.device().use()) {
      return a.apply(Solve.SOLVE, Tensor.eye(Math.toIntExact(a.size(-1)), a.dtype()));
    }
  }

  private static void square(Tensor a, String what) {
    if (a.rank() < 2 || a.size(-1) != a.size(-2)) {
      throw new IllegalArgumentException(
          "'" + what + "' of " + a.signature() + ": the last two axes must be of equal size");
    }
  }

  static QrFactors qr(Tensor a) {
    if (a.rank() < 2 || a.size(-2) >= a.size(-1)) {
      Tensor[] out = Execute.run(Qr.QR, a);
      return new QrFactors(out[0], out[1]);
    }
    long m = a.size(-2);
    Tensor[] out = Execute.run(Qr.QR, a.narrow(-1, 0, m));
    Tensor rest = out[0].matmul(a.narrow(-1, m, a.size(-1) - m), true, false);
    return new QrFactors(out[0], Tensor.concat(a.rank() - 1, out[1], rest));
  }

  static SvdFactors svd(Tensor a) {
    if (a.rank() < 2 || a.size(-2) >= a.size(-1)) {
      Tensor[] out = Execute.run(Svd.SVD, a);
      return new SvdFactors(out[0], out[1], out[2]);
    }
    Tensor[] out = Execute.run(Svd.SVD, a.transpose());
    return new SvdFactors(out[2].transpose(), out[1], out[0].transpose());
  }
}

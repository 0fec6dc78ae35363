package scoria.bench.peers.parity;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.StringViewOptional;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.global.torch;
import scoria.engine.tensor.Eigen;
import scoria.engine.tensor.QrFactors;
import scoria.engine.tensor.SignAndLog;
import scoria.engine.tensor.SvdFactors;
import scoria.engine.tensor.Tensor;

/**
 * Decompositions and solutions, of matrices that are far from singular and whose eigenvalues and
 * singular values are apart. Where signs are free, libtorch's results are given ours.
 */
final class MatrixPairs {
  private MatrixPairs() {}

  static List<Pair> all() {
    List<Pair> pairs = new ArrayList<>();
    pairs.add(Pair.of("cholesky", MatrixPairs::cholesky));
    for (boolean upper : new boolean[] {false, true}) {
      for (boolean transposed : new boolean[] {false, true}) {
        String how = (upper ? ", upper" : ", lower") + (transposed ? ", transposed" : "");
        pairs.add(
            Pair.of("triangularSolve" + how, chance -> triangular(chance, upper, transposed)));
      }
    }
    pairs.add(Pair.of("solve", MatrixPairs::solve));
    pairs.add(Pair.of("solve, for a vector", MatrixPairs::solveVector));
    pairs.add(Pair.of("inverse", c -> of(c, x -> x.inverse(), x -> torch.linalg_inv(x))));
    pairs.add(Pair.of("det", MatrixPairs::det));
    pairs.add(Pair.of("slogdet", MatrixPairs::slogdet));
    pairs.add(Pair.of("eigh", MatrixPairs::eigh));
    pairs.add(Pair.of("qr", MatrixPairs::qr));
    pairs.add(Pair.of("svd", MatrixPairs::svd));
    return pairs;
  }

  private interface Ours {
    Tensor of(Tensor x);
  }

  private interface Theirs {
    org.bytedeco.pytorch.Tensor of(org.bytedeco.pytorch.Tensor x);
  }

  private static Trial of(Chance chance, Ours ours, Theirs theirs) {
    int n = chance.between(1, 5);
    return Trial.of(
        xs -> ours.of(xs[0]), xs -> theirs.of(xs[0]), diagonal(chance, batch(chance), n, n));
  }

  /** Of matrices whose determinants are not far from 1. */
  private static Trial det(Chance chance) {
    int n = chance.between(1, 5);
    return Trial.of(
        xs -> xs[0].det(),
        xs -> torch.linalg_det(xs[0]),
        diagonal(chance, batch(chance), n, n).map(v -> v / 6));
  }

  private static Trial cholesky(Chance chance) {
    int n = chance.between(1, 5);
    // libtorch reads the lower triangle alone, so what is decomposed is made symmetric before.
    return Trial.of(
        xs -> xs[0].add(xs[0].transpose()).cholesky(),
        xs -> torch.linalg_cholesky(xs[0].add(xs[0].mT())),
        diagonal(chance, batch(chance), n, n));
  }

  private static Trial triangular(Chance chance, boolean upper, boolean transposed) {
    int n = chance.between(1, 5);
    boolean unit = chance.coin();
    long[] batch = batch(chance);
    return Trial.of(
            xs -> xs[0].triangularSolve(xs[1], upper, transposed, unit),
            xs ->
                torch.linalg_solve_triangular(
                    transposed ? xs[0].mT() : xs[0], xs[1], upper != transposed, true, unit),
            diagonal(chance, batch, n, n),
            chance.real(ProductPairs.with(chance.narrower(batch), n, chance.between(1, 4))))
        .with(unit ? "unit" : "");
  }

  private static Trial solve(Chance chance) {
    int n = chance.between(1, 5);
    long[] batch = batch(chance);
    boolean first = chance.coin();
    long[] narrow = chance.narrower(batch);
    return Trial.of(
        xs -> xs[0].solve(xs[1]),
        xs -> torch.linalg_solve(xs[0], xs[1]),
        diagonal(chance, first ? batch : narrow, n, n),
        chance.real(ProductPairs.with(first ? narrow : batch, n, chance.between(1, 4))));
  }

  private static Trial solveVector(Chance chance) {
    int n = chance.between(1, 5);
    return Trial.of(
        xs -> xs[0].solve(xs[1]),
        xs -> torch.linalg_solve(xs[0], xs[1]),
        diagonal(chance, new long[0], n, n),
        chance.real(n));
  }

  private static Trial slogdet(Chance chance) {
    int n = chance.between(1, 5);
    return Trial.several(
        xs -> {
          SignAndLog y = xs[0].slogdet();
          return new Tensor[] {y.sign(), y.logAbs()};
        },
        xs -> {
          T_TensorTensor_T y = torch.linalg_slogdet(xs[0]);
          return new org.bytedeco.pytorch.Tensor[] {y.get0(), y.get1()};
        },
        diagonal(chance, batch(chance), n, n));
  }

  private static Trial eigh(Chance chance) {
    int n = chance.between(1, 5);
    return Trial.several(
        xs -> {
          Eigen y = xs[0].add(xs[0].transpose()).eigh();
          return new Tensor[] {y.values(), y.vectors()};
        },
        xs -> {
          T_TensorTensor_T y = torch.linalg_eigh(xs[0].add(xs[0].mT()));
          org.bytedeco.pytorch.Tensor v = y.get1();
          return new org.bytedeco.pytorch.Tensor[] {y.get0(), v.mul(signs(v))};
        },
        diagonal(chance, batch(chance), n, n));
  }

  private static Trial qr(Chance chance) {
    int m = chance.between(1, 5);
    int n = chance.between(1, 5);
    return Trial.several(
        xs -> {
          QrFactors y = xs[0].qr();
          return new Tensor[] {y.q(), y.r()};
        },
        xs -> {
          T_TensorTensor_T y = torch.linalg_qr(xs[0]);
          org.bytedeco.pytorch.Tensor r = y.get1();
          org.bytedeco.pytorch.Tensor signs = r.detach().diagonal(0, -2, -1).sign();
          return new org.bytedeco.pytorch.Tensor[] {
            y.get0().mul(signs.unsqueeze(-2)), r.mul(signs.unsqueeze(-1))
          };
        },
        diagonal(chance, batch(chance), m, n));
  }

  private static Trial svd(Chance chance) {
    int m = chance.between(1, 5);
    int n = chance.between(1, 5);
    // The sign is that of a vector of the longer side.
    boolean wide = n > m;
    return Trial.several(
        xs -> {
          SvdFactors y = xs[0].svd();
          return new Tensor[] {y.u(), y.s(), y.vh()};
        },
        xs -> {
          T_TensorTensorTensor_T y = torch.linalg_svd(xs[0], false, new StringViewOptional());
          org.bytedeco.pytorch.Tensor signs = signs(wide ? y.get2().mT() : y.get0());
          return new org.bytedeco.pytorch.Tensor[] {
            y.get0().mul(signs), y.get1(), y.get2().mul(signs.mT())
          };
        },
        diagonal(chance, batch(chance), m, n));
  }

  /** The signs of the components of largest magnitude of columns, [..., 1, n]. */
  private static org.bytedeco.pytorch.Tensor signs(org.bytedeco.pytorch.Tensor columns) {
    org.bytedeco.pytorch.Tensor fixed = columns.detach();
    org.bytedeco.pytorch.Tensor largest = torch.max(fixed.abs(), -2, true).get1();
    return fixed.gather(-2, largest).sign();
  }

  private static long[] batch(Chance chance) {
    return chance.sizes(0, 2);
  }

  /** Matrices [..., m, n] with 3, 6, 9, ... and a little on the diagonal, a little elsewhere. */
  static Input diagonal(Chance chance, long[] batch, int m, int n) {
    Input x = chance.within(-0.7, 0.7, ProductPairs.with(batch, m, n));
    double[] values = x.values();
    for (int i = 0; i < values.length; i++) {
      int row = i / n % m;
      if (row == i % n) {
        values[i] += 3 * (row + 1);
      }
    }
    return x;
  }
}

package scoria.bench.peers.parity;

import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.StringViewOptional;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.global.torch;
import scoria.engine.tensor.LinearAlgebra;
import scoria.engine.tensor.Tensor;

/**
 * Linear algebra, on well-conditioned matrices with eigenvalues far apart. Factors that are unique
 * but for signs are compared by their squares.
 */
final class MatrixPairs {
  private MatrixPairs() {}

  static List<Pair> all() {
    return List.of(
        one(
            "cholesky",
            x -> symmetric(x).cholesky(),
            x -> torch.linalg_cholesky(symmetric(x)),
            MatrixPairs::positive),
        one("det", Tensor::det, torch::linalg_det, MatrixPairs::square),
        one("inverse", Tensor::inverse, torch::linalg_inv, MatrixPairs::square),
        one("pinv", Tensor::pinv, torch::linalg_pinv, MatrixPairs::oblong),
        one("spectralNorm", Tensor::spectralNorm, MatrixPairs::largest, MatrixPairs::oblong),
        one("nuclearNorm", Tensor::nuclearNorm, MatrixPairs::nuclear, MatrixPairs::oblong),
        one(
            "choleskyLogDet",
            Tensor::choleskyLogDet,
            l -> torch.sum(l.diagonal(0, -2, -1).log(), -1).mul(new Scalar(2.0)),
            MatrixPairs::positive),
        Pair.of("slogdet", MatrixPairs::slogdet),
        Pair.of("eigh", MatrixPairs::eigh),
        Pair.of("qr", MatrixPairs::qr),
        Pair.of("svd", MatrixPairs::svd),
        Pair.of("solve", MatrixPairs::solve),
        Pair.of("triangularSolve", MatrixPairs::triangularSolve),
        Pair.of("choleskySolve", MatrixPairs::choleskySolve),
        Pair.of("lstsq", MatrixPairs::lstsq),
        Pair.of("matrixPower", MatrixPairs::matrixPower),
        Pair.of("dot", MatrixPairs::dot).ofSums(),
        Pair.of("outer", MatrixPairs::outer),
        Pair.of("cross", MatrixPairs::cross).ofSums(),
        Pair.of("kron", MatrixPairs::kron));
  }

  private static Pair one(
      String name,
      Function<Tensor, Tensor> ours,
      Function<org.bytedeco.pytorch.Tensor, org.bytedeco.pytorch.Tensor> theirs,
      Function<Chance, Input> values) {
    return Pair.of(
        name,
        chance ->
            Trial.of(xs -> ours.apply(xs[0]), xs -> theirs.apply(xs[0]), values.apply(chance)));
  }

  /** Theirs reads one triangle alone, so both are given what is symmetric. */
  private static Tensor symmetric(Tensor x) {
    return x.add(x.transpose());
  }

  private static org.bytedeco.pytorch.Tensor symmetric(org.bytedeco.pytorch.Tensor x) {
    return x.add(x.transpose(-2, -1));
  }

  // ---- Matrices.

  /** Small numbers, and on the diagonal larger ones, apart from each other. */
  private static Input matrix(Chance chance, double first, long[] batch, int m, int n) {
    Input out = chance.real(-0.25, 0.25, ProductPairs.with(batch, m, n));
    for (int i = 0; i < out.values().length; i++) {
      int row = i / n % m;
      if (row == i % n) {
        out.values()[i] += (row % 2 == 0 ? 1 : first) * (1.3 + 0.8 * row);
      }
    }
    return out;
  }

  private static Input square(Chance chance, double first) {
    int n = chance.between(1, 4);
    return matrix(chance, first, chance.sizes(0, 1), n, n);
  }

  /** With a diagonal of both signs. */
  private static Input square(Chance chance) {
    return square(chance, -1);
  }

  /** With a positive diagonal. */
  private static Input positive(Chance chance) {
    return square(chance, 1);
  }

  private static Input oblong(Chance chance) {
    return matrix(chance, -1, chance.sizes(0, 1), chance.between(1, 4), chance.between(1, 4));
  }

  private static Input tall(Chance chance) {
    int n = chance.between(1, 3);
    return matrix(chance, -1, chance.sizes(0, 1), n + chance.between(0, 2), n);
  }

  // ---- Pairs.

  private static org.bytedeco.pytorch.Tensor largest(org.bytedeco.pytorch.Tensor x) {
    return torch.linalg_matrix_norm(x, new Scalar(2.0));
  }

  private static org.bytedeco.pytorch.Tensor nuclear(org.bytedeco.pytorch.Tensor x) {
    return torch.linalg_matrix_norm(x, "nuc", new long[] {-2, -1}, false, new ScalarTypeOptional());
  }

  private static Trial slogdet(Chance chance) {
    return Trial.several(
        xs -> {
          LinearAlgebra.SignAndLog out = xs[0].slogdet();
          return new Tensor[] {out.sign(), out.logAbs()};
        },
        xs -> {
          T_TensorTensor_T out = torch.linalg_slogdet(xs[0]);
          return new org.bytedeco.pytorch.Tensor[] {out.get0(), out.get1()};
        },
        square(chance));
  }

  private static Trial eigh(Chance chance) {
    return Trial.several(
        xs -> {
          LinearAlgebra.Eigen out = symmetric(xs[0]).eigh();
          return new Tensor[] {out.values(), out.vectors().square()};
        },
        xs -> {
          T_TensorTensor_T out = torch.linalg_eigh(symmetric(xs[0]));
          return new org.bytedeco.pytorch.Tensor[] {out.get0(), out.get1().square()};
        },
        square(chance));
  }

  private static Trial qr(Chance chance) {
    return Trial.several(
        xs -> {
          LinearAlgebra.QrFactors out = xs[0].qr();
          return new Tensor[] {out.q().square(), out.r().square()};
        },
        xs -> {
          T_TensorTensor_T out = torch.linalg_qr(xs[0]);
          return new org.bytedeco.pytorch.Tensor[] {out.get0().square(), out.get1().square()};
        },
        oblong(chance));
  }

  private static Trial svd(Chance chance) {
    return Trial.several(
        xs -> {
          LinearAlgebra.SvdFactors out = xs[0].svd();
          return new Tensor[] {out.u().square(), out.s(), out.vh().square()};
        },
        xs -> {
          T_TensorTensorTensor_T out = torch.linalg_svd(xs[0], false, new StringViewOptional());
          return new org.bytedeco.pytorch.Tensor[] {
            out.get0().square(), out.get1(), out.get2().square()
          };
        },
        oblong(chance));
  }

  private static Trial solve(Chance chance) {
    int n = chance.between(1, 4);
    long[] batch = chance.sizes(0, 1);
    return Trial.of(
        xs -> xs[0].solve(xs[1]),
        xs -> torch.linalg_solve(xs[0], xs[1]),
        matrix(chance, -1, batch, n, n),
        chance.real(ProductPairs.with(batch, n, chance.between(1, 3))));
  }

  private static Trial triangularSolve(Chance chance) {
    int n = chance.between(1, 4);
    boolean upper = chance.coin();
    boolean transposed = chance.coin();
    boolean unit = chance.coin();
    long[] batch = chance.sizes(0, 1);
    return Trial.of(
            xs -> xs[0].triangularSolve(xs[1], upper, transposed, unit),
            xs ->
                torch.linalg_solve_triangular(
                    transposed ? triangle(xs[0], upper).transpose(-2, -1) : triangle(xs[0], upper),
                    xs[1],
                    upper != transposed,
                    true,
                    unit),
            matrix(chance, -1, batch, n, n),
            chance.real(ProductPairs.with(batch, n, chance.between(1, 3))))
        .with((upper ? "upper " : "") + (transposed ? "transposed " : "") + (unit ? "unit" : ""));
  }

  private static org.bytedeco.pytorch.Tensor triangle(
      org.bytedeco.pytorch.Tensor x, boolean upper) {
    return upper ? x.triu() : x.tril();
  }

  private static Trial choleskySolve(Chance chance) {
    Input l = positive(chance);
    long n = l.sizes()[l.sizes().length - 1];
    return Trial.of(
        xs -> xs[0].choleskySolve(xs[1]),
        xs -> torch.cholesky_solve(xs[1], xs[0].tril()),
        l,
        chance.real(n, chance.between(1, 3)));
  }

  private static Trial lstsq(Chance chance) {
    Input a = tall(chance);
    long[] right = a.sizes().clone();
    right[right.length - 1] = chance.between(1, 3);
    return Trial.of(
        xs -> xs[0].lstsq(xs[1]),
        xs -> torch.linalg_lstsq(xs[0], xs[1]).get0(),
        a,
        chance.real(right));
  }

  private static Trial matrixPower(Chance chance) {
    int exponent = chance.between(-2, 3);
    int power = exponent == 0 ? 1 : exponent;
    return Trial.of(
            xs -> xs[0].matrixPower(power),
            xs -> torch.linalg_matrix_power(xs[0], power),
            square(chance))
        .with("to " + power);
  }

  private static Trial dot(Chance chance) {
    long[] sizes = chance.sizes(1, 3);
    return Trial.of(
        xs -> xs[0].dot(xs[1]),
        xs -> torch.linalg_vecdot(xs[0], xs[1]),
        chance.real(sizes),
        chance.real(sizes));
  }

  private static Trial outer(Chance chance) {
    return Trial.of(
        xs -> xs[0].outer(xs[1]),
        xs -> torch.outer(xs[0], xs[1]),
        chance.real(chance.between(1, 7)),
        chance.real(chance.between(1, 7)));
  }

  private static Trial cross(Chance chance) {
    long[] sizes = ProductPairs.with(chance.sizes(0, 2), 3);
    return Trial.of(
        xs -> xs[0].cross(xs[1]),
        xs -> torch.linalg_cross(xs[0], xs[1]),
        chance.real(sizes),
        chance.real(sizes));
  }

  private static Trial kron(Chance chance) {
    return Trial.of(
        xs -> xs[0].kron(xs[1]),
        xs -> torch.kron(xs[0], xs[1]),
        chance.real(chance.between(1, 4), chance.between(1, 4)),
        chance.real(chance.between(1, 4), chance.between(1, 4)));
  }
}

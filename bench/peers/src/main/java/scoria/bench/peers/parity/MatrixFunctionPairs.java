package scoria.bench.peers.parity;

import static scoria.bench.peers.parity.MatrixPairs.diagonal;
import static scoria.bench.peers.parity.ProductPairs.with;

import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.global.torch;
import scoria.engine.tensor.Tensor;

/** Functions of matrices composed of products, solutions and decompositions. */
final class MatrixFunctionPairs {
  private static final long[] MATRIX = {-2, -1};

  private MatrixFunctionPairs() {}

  static List<Pair> all() {
    return List.of(
        Pair.of("dot", MatrixFunctionPairs::dot).ofSums(),
        Pair.of("outer", MatrixFunctionPairs::outer),
        Pair.of("cross", MatrixFunctionPairs::cross),
        Pair.of("kron", MatrixFunctionPairs::kron),
        Pair.of("matrixPower", MatrixFunctionPairs::power),
        rectangular("pinv", x -> x.pinv(), x -> torch.linalg_pinv(x)),
        Pair.of("lstsq", MatrixFunctionPairs::leastSquares),
        Pair.of("choleskySolve", MatrixFunctionPairs::choleskySolve),
        Pair.of("choleskyLogDet", MatrixFunctionPairs::choleskyLogDet),
        rectangular(
            "spectralNorm",
            x -> x.spectralNorm(),
            x ->
                torch.linalg_matrix_norm(
                    x, new Scalar(2), MATRIX, false, new ScalarTypeOptional())),
        rectangular(
            "nuclearNorm",
            x -> x.nuclearNorm(),
            x -> torch.linalg_matrix_norm(x, "nuc", MATRIX, false, new ScalarTypeOptional())));
  }

  private static Trial dot(Chance chance) {
    long[] sizes = chance.sizes(1, 3);
    return Trial.of(
        xs -> xs[0].dot(xs[1]),
        xs -> torch.linalg_vecdot(xs[0], xs[1], -1),
        chance.real(sizes),
        chance.real(sizes));
  }

  private static Trial outer(Chance chance) {
    return Trial.of(
        xs -> xs[0].outer(xs[1]),
        xs -> torch.outer(xs[0], xs[1]),
        chance.real(chance.sizes(1, 1)),
        chance.real(chance.sizes(1, 1)));
  }

  private static Trial cross(Chance chance) {
    long[] sizes = with(chance.sizes(0, 2), 3);
    return Trial.of(
        xs -> xs[0].cross(xs[1]),
        xs -> torch.linalg_cross(xs[0], xs[1], -1),
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

  private static Trial power(Chance chance) {
    int exponent = chance.between(-2, 4);
    int n = chance.between(1, 4);
    Input x = diagonal(chance, chance.sizes(0, 1), n, n).map(v -> v / 5);
    return Trial.of(
            xs -> xs[0].matrixPower(exponent), xs -> torch.linalg_matrix_power(xs[0], exponent), x)
        .with("to " + exponent);
  }

  /** By libtorch's pseudo-inverse: its own derivative of least squares has one order. */
  private static Trial leastSquares(Chance chance) {
    int m = chance.between(1, 5);
    int n = chance.between(1, 5);
    return Trial.of(
        xs -> xs[0].lstsq(xs[1]),
        xs -> torch.linalg_pinv(xs[0]).matmul(xs[1]),
        diagonal(chance, chance.sizes(0, 1), m, n),
        chance.real(m, chance.between(1, 3)));
  }

  private static Trial choleskySolve(Chance chance) {
    int n = chance.between(1, 5);
    return Trial.of(
        xs -> xs[0].choleskySolve(xs[1]),
        xs -> torch.cholesky_solve(xs[1], xs[0].tril(), false),
        diagonal(chance, new long[0], n, n),
        chance.real(n, chance.between(1, 3)));
  }

  private static Trial choleskyLogDet(Chance chance) {
    int n = chance.between(1, 5);
    return Trial.of(
        xs -> xs[0].choleskyLogDet(),
        xs -> torch.diagonal(xs[0], 0, -2, -1).log().sum(-1L).mul(new Scalar(2)),
        diagonal(chance, chance.sizes(0, 1), n, n));
  }

  private static Pair rectangular(
      String name, UnaryOperator<Tensor> ours, UnaryOperator<org.bytedeco.pytorch.Tensor> theirs) {
    return Pair.of(
        name,
        chance ->
            Trial.of(
                xs -> ours.apply(xs[0]),
                xs -> theirs.apply(xs[0]),
                diagonal(chance, chance.sizes(0, 1), chance.between(1, 5), chance.between(1, 5))));
  }
}

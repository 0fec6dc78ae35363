package scoria.bench.peers;

import scoria.engine.memory.Scope;
import scoria.engine.tensor.Tensor;

/** {@link ProductProblem} by Scoria. */
final class ScoriaProduct implements Contender {
  private final ProductProblem problem;
  private final Tensor left;
  private final Tensor right;

  ScoriaProduct(String contest) {
    problem = new ProductProblem(contest);
    left = Tensor.of(problem.left(), problem.size(), problem.size());
    right = Tensor.of(problem.right(), problem.size(), problem.size());
  }

  @Override
  public double[] check() {
    return problem.some(left.matmul(right).toFloats());
  }

  @Override
  public void step() {
    try (Scope scope = Scope.open()) {
      left.matmul(right);
    }
  }
}

package scoria.bench.peers.libtorch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import scoria.bench.peers.Contender;
import scoria.bench.peers.ProductProblem;

/** {@link ProductProblem} by libtorch, whose products of matrices are OpenBLAS's. */
final class LibtorchProduct implements Contender {
  private final ProductProblem problem;
  private final Tensor left;
  private final Tensor right;

  LibtorchProduct(String contest) {
    problem = new ProductProblem(contest);
    left = Tensor.create(problem.left(), problem.size(), problem.size());
    right = Tensor.create(problem.right(), problem.size(), problem.size());
  }

  @Override
  public double[] check() {
    float[] product = new float[problem.size() * problem.size()];
    try (PointerScope scope = new PointerScope()) {
      left.mm(right).data_ptr_float().get(product);
    }
    return problem.some(product);
  }

  @Override
  public void step() {
    try (PointerScope scope = new PointerScope()) {
      left.mm(right);
    }
  }
}

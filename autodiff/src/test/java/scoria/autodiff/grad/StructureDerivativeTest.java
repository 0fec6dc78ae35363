package scoria.autodiff.grad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import scoria.engine.tensor.Tensor;

/** Derivatives where they need care: at zeros, at ties. */
class StructureDerivativeTest {
  private static Tensor at(double... values) {
    return Tensor.of(values).tracked();
  }

  @Test
  void productsWithZerosAtThreeOrders() {
    Tensor x = at(0, 2, 0, 3);
    Tensor one = Gradient.differentiable(x.prod(), x);
    assertArrayEquals(new double[4], one.toDoubles());
    // Only what misses both zeros is not 0: x1 x3 in the second derivative by x0 and x2.
    Tensor two = Gradient.differentiable(one.get(0, 0), x);
    assertArrayEquals(new double[] {0, 0, 6, 0}, two.toDoubles());
    assertArrayEquals(new double[] {0, 3, 0, 2}, Gradient.of(two.get(0, 2), x).toDoubles());
    Tensor single = at(2, 0, 5);
    Tensor gradient = Gradient.differentiable(single.prod(), single);
    assertArrayEquals(new double[] {0, 10, 0}, gradient.toDoubles());
    assertArrayEquals(new double[] {5, 0, 2}, Gradient.of(gradient.get(0, 1), single).toDoubles());
    Tensor running = at(0, 2, 0, 3);
    assertArrayEquals(
        new double[] {1 + 2, 0, 0, 0}, Gradient.of(running.cumProd(0).sum(), running).toDoubles());
  }

  @Test
  void rootsAtZero() {
    Tensor x = at(0, 0);
    for (double p : new double[] {1.5, 2, 3}) {
      Tensor g = Gradient.differentiable(x.norm(p, new int[0], false), x);
      assertArrayEquals(new double[2], g.toDoubles(), "order " + p);
      assertArrayEquals(new double[2], Gradient.of(g.sum(), x).toDoubles());
    }
    Tensor same = at(4, 4, 4);
    assertArrayEquals(new double[3], Gradient.of(same.std(), same).toDoubles());
    Tensor y = at(3, 0, 4);
    assertArrayEquals(new double[] {0.6, 0, 0.8}, Gradient.of(y.norm(), y).toDoubles(), 1e-15);
    Tensor z = at(2, 0, -4);
    Tensor sum = z.norm(1, new int[0], false);
    assertArrayEquals(new double[] {1, 0, -1}, Gradient.of(sum, z).toDoubles());
  }

  @Test
  void ties() {
    Tensor x = at(1, 5, 5, 2);
    assertArrayEquals(new double[] {0, 0.5, 0.5, 0}, Gradient.of(x.amax(), x).toDoubles());
    assertArrayEquals(
        new double[] {0, 1, 0, 0}, Gradient.of(x.maxWithIndex(0).values(), x).toDoubles());
    assertEquals(1, x.maxWithIndex(0).indices().item());
  }
}

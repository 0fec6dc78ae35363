package scoria.autodiff.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import scoria.autodiff.grad.Gradient;
import scoria.engine.exec.Program;
import scoria.engine.function.Composed;
import scoria.engine.function.Functions;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/** A composed function with its gradients, replayed, has the bits of the eager one. */
class FunctionReplayTest {
  @TestFactory
  List<DynamicTest> functions() {
    return Functions.all().stream()
        // It reads values on the host, which a program cannot.
        .filter(c -> !c.name().equals("maskedSelect"))
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c)))
        .toList();
  }

  private static void check(Composed c) {
    Program.Body step =
        given -> {
          Tensor[] xs = given.stream().map(Tensor::tracked).toArray(Tensor[]::new);
          Tensor y = c.body().apply(xs);
          List<Tensor> results = new ArrayList<>();
          results.add(y);
          results.addAll(Gradient.of(y.square().sum(), List.of(xs)));
          return results;
        };
    Tensor[] first = inputs(c, 0);
    Tensor[] second = inputs(c, 1e-3);
    List<Tensor> want;
    try {
      want = step.run(List.of(first));
    } catch (UnsupportedOperationException e) {
      Assumptions.abort(e.getMessage());
      throw e;
    }
    Program program = Program.record(step);
    same(want, program.run(first));
    // The next run of a random one goes on in its stream, where an eager one begins anew.
    if (!c.function().endsWith("ropout")) {
      same(step.run(List.of(second)), program.run(second));
    }
  }

  private static void same(List<Tensor> want, List<Tensor> got) {
    assertEquals(want.size(), got.size());
    for (int i = 0; i < want.size(); i++) {
      assertEquals(want.get(i).signature(), got.get(i).signature());
      assertArrayEquals(want.get(i).toDoubles(), got.get(i).toDoubles(), "output " + i);
    }
  }

  /** Batches that are cut into shards, where rows and columns take different ways. */
  @Test
  void batches() {
    Program.Body step =
        given -> {
          Tensor x = given.get(0).tracked();
          Tensor y =
              x.tanh()
                  .prod(1)
                  .add(x.cumSum(0).mul(0.01).sort(1).var(1))
                  .add(x.flip(0).roll(1, 2).norm(2, new int[] {1}, false))
                  .mul(x.prod(0).sum().add(x.cumProd(1).tril().mean()));
          return List.of(y, Gradient.of(y.sum(), x), x.topK(0, 3, true).indices());
        };
    for (int rows : new int[] {300, 700}) {
      Program program = Program.record(step);
      for (int run = 0; run < 3; run++) {
        Tensor x = Rng.of(run).normal(DType.FLOAT32, rows, 7);
        List<Tensor> want = step.run(List.of(x));
        List<Tensor> got = program.run(x);
        for (int i = 0; i < want.size(); i++) {
          assertArrayEquals(want.get(i).toDoubles(), got.get(i).toDoubles(), "output " + i);
        }
      }
    }
  }

  /** The case's inputs, or others near them, in the same order of size. */
  private static Tensor[] inputs(Composed c, double shift) {
    return c.inputs().stream()
        .map(r -> Tensor.of(r.map(v -> v * (1 + shift)).values()).reshape(r.shape()))
        .toArray(Tensor[]::new);
  }
}

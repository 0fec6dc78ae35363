package scoria.engine.function;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import scoria.engine.device.Device;
import scoria.engine.op.Reference;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/** Every composed function computes what it means, in both float types, from views too. */
class ComposedMeaningTest {
  @TestFactory
  List<DynamicTest> meaning() {
    return Functions.all().stream()
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c)))
        .toList();
  }

  private static void check(Composed c) {
    Reference want = c.meaning().apply(c.inputs().toArray(Reference[]::new));
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      double tolerance = dtype == DType.FLOAT64 ? 1e-12 : 1e-5;
      Tensor[] inputs =
          c.inputs().stream()
              .map(r -> Tensor.of(r.values()).reshape(r.shape()).to(dtype))
              .toArray(Tensor[]::new);
      Tensor got = run(c, inputs);
      assertEquals(want.shape(), got.shape());
      double[] values = got.toDoubles();
      for (int i = 0; i < values.length; i++) {
        double w = want.values()[i];
        assertEquals(w, values[i], tolerance * Math.max(1, Math.abs(w)), dtype + " at " + i);
      }
      for (int i = 0; i < inputs.length; i++) {
        Tensor[] views = inputs.clone();
        int[] reverse = new int[inputs[i].rank()];
        for (int k = 0; k < reverse.length; k++) {
          reverse[k] = reverse.length - 1 - k;
        }
        views[i] = inputs[i].permute(reverse).copy().permute(reverse);
        assertArrayEquals(values, c.body().apply(views).toDoubles(), 0, "input " + i + " as view");
      }
    }
  }

  /** Some operations run on the CPU alone, and say so. */
  private static Tensor run(Composed c, Tensor... inputs) {
    try {
      return c.body().apply(inputs);
    } catch (UnsupportedOperationException e) {
      if (Device.current() == Device.cpu()) {
        throw e;
      }
      return abort(e.getMessage());
    }
  }
}

package scoria.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import scoria.engine.op.AdamUpdate;
import scoria.engine.op.AssignUpdate;
import scoria.engine.op.Case;
import scoria.engine.op.LerpUpdate;
import scoria.engine.op.MomentumUpdate;
import scoria.engine.op.OpTable;
import scoria.engine.op.Reference;
import scoria.engine.op.Update;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/** Updates in place do what they mean, and leave a trace in the version. */
class UpdateTest {
  private record Example(Update op, int groups) {}

  private static List<Example> examples() {
    return List.of(
        new Example(new AdamUpdate(1e-2, 0.9, 0.99, 1e-8, 0.1, 3), 3),
        new Example(new AdamUpdate(1e-3, 0.8, 0.999, 1e-6, 0, 1), 3),
        new Example(new MomentumUpdate(0.1, 0.9), 2),
        new Example(new LerpUpdate(0.3), 1),
        new Example(AssignUpdate.ASSIGN, 1));
  }

  @Test
  void everyKindOfUpdateIsHere() {
    for (Class<?> kind : OpTable.kinds()) {
      assertTrue(
          !Update.class.isAssignableFrom(kind)
              || examples().stream().anyMatch(example -> kind.isInstance(example.op)),
          kind + " has no example");
    }
  }

  @TestFactory
  List<DynamicTest> meaning() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Example example : examples()) {
      for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
        tests.add(DynamicTest.dynamicTest(example.op + " " + dtype, () -> check(example, dtype)));
      }
    }
    return tests;
  }

  private static void check(Example example, DType dtype) {
    Reference[] inputs = {Case.spread(3, 7), Case.spread(11).map(v -> 2 * v)};
    Reference[] outputs = new Reference[2 * example.groups];
    for (int i = 0; i < outputs.length; i++) {
      double scale = 1 + 0.1 * i;
      outputs[i] = (i % 2 == 0 ? Case.positive(3, 7) : Case.positive(11)).map(v -> v * scale);
    }
    List<Tensor> tensors = tensors(outputs, dtype);
    int[] versions = tensors.stream().mapToInt(t -> t.memory().version()).toArray();
    Execute.update(example.op, tensors(inputs, dtype), tensors);
    Reference[] want = example.op.after(inputs, outputs);
    double tolerance = dtype == DType.FLOAT64 ? 1e-14 : 1e-6;
    for (int i = 0; i < want.length; i++) {
      double[] got = tensors.get(i).toDoubles();
      for (int k = 0; k < got.length; k++) {
        assertEquals(
            want[i].values()[k], got[k], tolerance * Math.max(1, Math.abs(got[k])), i + " " + k);
      }
      assertEquals(versions[i] + 1, tensors.get(i).memory().version());
    }
  }

  private static List<Tensor> tensors(Reference[] values, DType dtype) {
    List<Tensor> out = new ArrayList<>();
    for (Reference value : values) {
      out.add(Tensor.of(value.values(), value.shape().toArray()).to(dtype).copy());
    }
    return out;
  }

  @Test
  void refusesWhatDoesNotFit() {
    Tensor a = Tensor.zeros(2, 3);
    assertThrows(
        IllegalArgumentException.class,
        () -> Execute.update(AssignUpdate.ASSIGN, List.of(a), List.of(Tensor.zeros(3, 2))));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Execute.update(new LerpUpdate(1), List.of(a), List.of(Tensor.zeros(3, 2).transpose())));
    assertThrows(
        IllegalArgumentException.class,
        () -> Execute.update(new LerpUpdate(1), List.of(a), List.of(a.tracked().exp())));
    assertThrows(
        IllegalArgumentException.class,
        () -> Execute.update(new AdamUpdate(1, 0, 0, 1, 0, 1), List.of(a), List.of(a, a)));
  }
}

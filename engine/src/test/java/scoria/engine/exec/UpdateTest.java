package scoria.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
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
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Updates in place do what they mean, and leave a trace in the version. */
class UpdateTest {
  /**
   * @param numbers the step's numbers, the last input; empty where there are none
   */
  private record Example(Update op, int groups, double... numbers) {}

  private static final AdamUpdate ADAM = new AdamUpdate(0.9, 0.99, 1e-8);

  private static double[] adam(AdamUpdate op, double rate, double decay, long step) {
    double[] numbers = new double[AdamUpdate.NUMBERS];
    op.fill(numbers, rate, decay, step);
    return numbers;
  }

  private static List<Example> examples() {
    return List.of(
        new Example(ADAM, 3, adam(ADAM, 1e-2, 0.1, 3)),
        new Example(ADAM, 3, adam(ADAM, 1e-3, 0, 1)),
        new Example(new MomentumUpdate(0.9), 2, 0.1),
        new Example(LerpUpdate.LERP, 1, 0.3),
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
    List<Tensor> given = new ArrayList<>(tensors(inputs, dtype));
    if (example.numbers.length > 0) {
      given.add(Tensor.of(example.numbers));
      inputs = Arrays.copyOf(inputs, inputs.length + 1);
      inputs[inputs.length - 1] = new Reference(Shape.of(example.numbers.length), example.numbers);
    }
    Execute.update(example.op, given, tensors);
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
    Tensor weight = Tensor.of(new double[] {1});
    assertThrows(
        IllegalArgumentException.class,
        () -> Execute.update(AssignUpdate.ASSIGN, List.of(a), List.of(Tensor.zeros(3, 2))));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Execute.update(
                LerpUpdate.LERP, List.of(a, weight), List.of(Tensor.zeros(3, 2).transpose())));
    assertThrows(
        IllegalArgumentException.class,
        () -> Execute.update(LerpUpdate.LERP, List.of(a, weight), List.of(a.tracked().exp())));
    assertThrows(
        IllegalArgumentException.class,
        () -> Execute.update(LerpUpdate.LERP, List.of(a), List.of(a)));
    assertThrows(
        IllegalArgumentException.class,
        () -> Execute.update(ADAM, List.of(a, Tensor.of(new double[4])), List.of(a, a)));
  }
}

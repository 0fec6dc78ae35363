package scoria.engine.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import scoria.engine.device.Device;
import scoria.engine.exec.Execute;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Every operation computes what it means, in every type, however its inputs lie in memory. */
class OpMeaningTest {
  @TestFactory
  List<DynamicTest> meaning() {
    List<Case> cases = OpTable.cases();
    return IntStream.range(0, cases.size())
        .mapToObj(
            i -> DynamicTest.dynamicTest(i + " " + cases.get(i).op(), () -> check(cases.get(i))))
        .toList();
  }

  private static void check(Case c) {
    assumeTrue(c.op().runsOn(Device.current()));
    Reference[] want = c.op().meaning(c.inputs().toArray(Reference[]::new));
    for (DType dtype : new DType[] {DType.FLOAT64, DType.FLOAT32}) {
      if (c.op() instanceof Fill && dtype == DType.FLOAT32) {
        continue;
      }
      double tolerance = dtype == DType.FLOAT64 ? 1e-14 : 2e-6;
      Tensor[] inputs = OpInputs.of(c, dtype);
      Tensor[] dense = Execute.outputs(c.op(), inputs);
      assertEquals(want.length, dense.length);
      for (int k = 0; k < want.length; k++) {
        assertEquals(want[k].shape(), dense[k].shape());
        assertClose(want[k], dense[k], tolerance, "output " + k + " dense " + dtype);
      }
      for (int i = 0; i < inputs.length; i++) {
        Tensor[] strided = inputs.clone();
        strided[i] = OpInputs.strided(inputs[i]);
        assertSame(dense, Execute.outputs(c.op(), strided), "input " + i + " strided, " + dtype);
        strided[i] = OpInputs.columns(inputs[i]);
        assertSame(dense, Execute.outputs(c.op(), strided), "input " + i + " by columns, " + dtype);
      }
    }
  }

  private static void assertSame(Tensor[] want, Tensor[] got, String what) {
    for (int k = 0; k < want.length; k++) {
      assertArrayEquals(want[k].toDoubles(), got[k].toDoubles(), 0, what + ", output " + k);
    }
  }

  private static void assertClose(Reference want, Tensor got, double tolerance, String what) {
    double[] values = got.toDoubles();
    for (int i = 0; i < values.length; i++) {
      double w = want.values()[i];
      assertEquals(w, values[i], tolerance * Math.max(1, Math.abs(w)), what + " at " + i);
    }
  }

  @Test
  void everyRowOfEveryEnumHasACase() {
    List<Op> covered = OpTable.cases().stream().map(Case::op).toList();
    for (Class<?> kind : OpTable.kinds()) {
      if (kind.isEnum() && !Update.class.isAssignableFrom(kind)) {
        for (Object row : kind.getEnumConstants()) {
          assertTrue(covered.contains((Op) row), row + " has no case");
        }
      } else if (!Update.class.isAssignableFrom(kind) && kind != RandomOp.class) {
        assertTrue(covered.stream().anyMatch(kind::isInstance), kind + " has no case");
      }
    }
  }

  @Test
  void equalOperationsAreEqual() {
    assertEquals(new Reshape(Shape.of(2, 3)), new Reshape(Shape.of(2, 3)));
    assertEquals(new Permute(List.of(1, 0)), new Permute(List.of(1, 0)));
    assertFalse(new Slice(0, 1, 1, 2).equals(new Slice(0, 1, 1, 3)));
  }

  @Test
  void emptyTensorsPassThrough() {
    for (Unary op : Unary.values()) {
      assertEquals(Shape.of(0, 3), Execute.run(op, Tensor.zeros(0, 3)).shape());
    }
    for (Binary op : Binary.values()) {
      assertEquals(Shape.of(2, 0), Execute.run(op, Tensor.zeros(2, 0), Tensor.zeros(2, 1)).shape());
    }
    assertEquals(0, Tensor.zeros(0, 3).sum().item());
    assertEquals(Shape.of(3), Tensor.zeros(0, 3).sum(0).shape());
    assertArrayEquals(new double[6], Tensor.zeros(2, 0).matmul(Tensor.zeros(0, 3)).toDoubles());
  }
}

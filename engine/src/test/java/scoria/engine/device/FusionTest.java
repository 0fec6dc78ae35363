package scoria.engine.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import scoria.engine.device.Schedule.Task;
import scoria.engine.device.Staging.Staged;
import scoria.engine.memory.RecordedMemory;
import scoria.engine.op.Binary;
import scoria.engine.op.MatMul;
import scoria.engine.op.Op;
import scoria.engine.op.Unary;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Which tasks become one loop, and which must not. */
class FusionTest {
  private static final int ROWS = 8;
  private static final Tensor BIAS = Tensor.zeros(4);
  private static final Tensor ONE = Tensor.ones();

  private final List<Task> tasks = new ArrayList<>();
  private final List<Tensor> inputs = new ArrayList<>();

  private static Tensor recorded(DType dtype, Shape shape) {
    RecordedMemory memory = new RecordedMemory(Device.cpu(), shape.bytes(dtype), "test");
    return Tensor.of(memory, Layout.dense(shape), dtype, null);
  }

  private Tensor input() {
    Tensor x = recorded(DType.FLOAT32, Shape.of(ROWS, 4));
    inputs.add(x);
    return x;
  }

  private Tensor run(Op op, Tensor... in) {
    Shape shape = in[in[0].rank() > 1 ? 0 : 1].shape();
    if (op instanceof MatMul product) {
      shape = Shape.of(shape.size(0), in[1].size(product.transposeB() ? 0 : 1));
    }
    Tensor out = recorded(in[0].dtype(), shape);
    tasks.add(new Task(op, List.of(in), List.of(out)));
    return out;
  }

  private List<Staged> fused(Tensor... outputs) {
    Schedule schedule = new Schedule(inputs, tasks, List.of(outputs));
    Staging staging = Staging.of(schedule, 256, 64);
    return Fusion.of(staging.tasks, schedule.outputs());
  }

  private void assertLoops(List<Object> wanted, Tensor... outputs) {
    List<Object> got = new ArrayList<>();
    for (Staged staged : fused(outputs)) {
      got.add(staged.fused() == null ? staged.task().op() : staged.fused());
    }
    assertEquals(wanted, got);
  }

  @Test
  void aBiasTakesTheSumBeforeIt() {
    Tensor a = input();
    Tensor b = input();
    Tensor y = run(Binary.ADD, run(Binary.ADD, a, b), BIAS);
    assertLoops(List.of(Fused.ADD_ADD_ROW), y);
    assertEquals(List.of(a, b, BIAS), fused(y).get(0).task().inputs());
  }

  @Test
  void whatIsReadTwiceIsKept() {
    Tensor sum = run(Binary.ADD, input(), input());
    Tensor y = run(Binary.ADD, BIAS, sum);
    assertLoops(List.of(Binary.ADD, Fused.ADD_ROW), y, sum);
  }

  @Test
  void theDerivativeOfAProductIsOneLoop() {
    Tensor a = input();
    Tensor b = input();
    Tensor da = input();
    Tensor y = run(Binary.ADD, run(Binary.MUL, da, b), run(Binary.MUL, a, da));
    assertLoops(List.of(Fused.MUL_ADD_MUL), y);
  }

  @Test
  void factorsMayBeProductsAndSums() {
    Tensor a = input();
    Tensor b = input();
    Tensor c = input();
    Tensor right = run(Binary.MUL, c, run(Binary.MUL, a, b));
    Tensor left = run(Binary.MUL, a, c);
    Tensor y = run(Binary.ADD, left, right);
    assertLoops(List.of(Fused.MUL_MUL_ADD_MUL), y);
    assertEquals(List.of(a, b, c, a, c), fused(y).get(0).task().inputs());

    tasks.clear();
    right = run(Binary.MUL, c, run(Binary.MUL, a, b));
    left = run(Binary.MUL, run(Binary.ADD, b, c), a);
    y = run(Binary.ADD, left, right);
    assertLoops(List.of(Fused.MUL_MUL_ADD_MUL_SUM), y);
    assertEquals(List.of(a, b, c, a, b, c), fused(y).get(0).task().inputs());
  }

  @Test
  void whatIsFusedAlreadyIsNotTakenApart() {
    Tensor a = input();
    Tensor b = input();
    Tensor sum = run(Binary.ADD, run(Binary.MUL, a, b), run(Binary.MUL, b, b));
    Tensor y = run(Binary.ADD, sum, BIAS);
    assertLoops(List.of(Fused.MUL_ADD_MUL, Fused.ADD_ROW), y);

    tasks.clear();
    sum = run(Binary.ADD, run(Binary.MUL, a, b), run(Binary.MUL, b, b));
    Tensor left = run(Binary.MUL, run(Binary.MUL, a, a), b);
    y = run(Binary.ADD, left, run(Binary.MUL, sum, a));
    assertLoops(List.of(Fused.MUL_ADD_MUL, Fused.MUL_MUL_ADD_MUL), y);
  }

  @Test
  void integersAndRowsOfOtherShapesAreLeft() {
    Tensor a = recorded(DType.INT64, Shape.of(ROWS, 4));
    inputs.add(a);
    Tensor y = run(Binary.ADD, run(Binary.MUL, a, a), run(Binary.MUL, a, a));
    assertLoops(List.of(Binary.MUL, Binary.MUL, Binary.ADD), y);

    tasks.clear();
    Tensor x = input();
    Tensor scaled = run(Binary.MUL, x, BIAS);
    Tensor z = run(Binary.ADD, scaled, run(Binary.MUL, x, x));
    assertLoops(List.of(Binary.MUL, Binary.MUL, Binary.ADD), z);
  }

  @Test
  void anActivationBringsItsDerivatives() {
    Tensor x = run(Binary.ADD, input(), BIAS);
    Tensor y = run(Unary.SILU, x);
    Tensor slope = run(Binary.SILU_GRAD, x, ONE);
    Tensor other = run(Binary.SILU_GRAD, y, ONE);
    Tensor curve = run(Binary.SILU_CURVE, x, ONE);
    assertLoops(
        List.of(Fused.ADD_ROW, Fused.SILU_CURVES, Binary.SILU_GRAD), y, slope, curve, other);
  }

  @Test
  void productsOfOneMatrixStandSideBySide() {
    Tensor x = input();
    Tensor w = Tensor.ones(4, 4);
    MatMul plain = new MatMul(false, false);
    MatMul turned = new MatMul(false, true);
    Tensor first = run(plain, x, w);
    Tensor between = run(Unary.SILU, first);
    Tensor of = run(plain, between, w);
    Tensor second = run(turned, x, w);
    assertLoops(List.of(plain, turned, Unary.SILU, plain), of, second);
  }
}

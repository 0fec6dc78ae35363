package scoria.engine.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import scoria.engine.device.Schedule.Task;
import scoria.engine.op.Binary;
import scoria.engine.op.Op;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/** An activation's slope is computed once for many tangents, with the bits that each had alone. */
class SlopesTest {
  private static List<Tensor> tangents(Binary op, List<Tensor> in) {
    Tensor x = in.get(0).add(0.5);
    List<Tensor> out = new ArrayList<>();
    for (Tensor g : in.subList(1, in.size())) {
      out.add(Execute.run(op, x, g));
    }
    return out;
  }

  @ParameterizedTest
  @EnumSource(names = {"SILU_GRAD", "GELU_GRAD", "SOFTPLUS_GRAD"})
  void manyTangentsHaveTheBitsOfEach(Binary op) {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Rng rng = Rng.of(4);
      Tensor x = rng.normal(dtype, 300, 17).mul(20);
      Tensor[] in = {x, rng.normal(dtype, 300, 17), rng.normal(dtype, 17), rng.normal(dtype, 1)};
      List<Tensor> got = Program.record(given -> tangents(op, given)).run(in);
      List<Tensor> want = tangents(op, List.of(in));
      for (int i = 0; i < want.size(); i++) {
        assertArrayEquals(want.get(i).toDoubles(), got.get(i).toDoubles(), 0, op + " " + i);
      }
    }
  }

  @Test
  void theSlopeIsTakenOnce() {
    Tensor x = Recording.placeholder(Tensor.zeros(4, 3));
    Tensor g = Recording.placeholder(Tensor.zeros(4, 3));
    Tensor h = Recording.placeholder(Tensor.zeros(3));
    // Repeated along rows: its slope has fewer elements than what it is multiplied with.
    Tensor row = Recording.placeholder(Tensor.zeros(1, 3));
    List<Task> tasks =
        Recording.of(
                () -> {
                  Tensor unused = x.siluGrad(g).add(x.siluGrad(h)).add(x.geluGrad(g));
                  Tensor more = row.siluGrad(g).add(row.siluGrad(x));
                  assertEquals(unused.shape(), more.shape());
                })
            .tasks;
    List<Op> ops = Slopes.share(tasks).stream().map(Task::op).toList();
    assertEquals(
        List.of(
            Binary.SILU_GRAD,
            Binary.MUL,
            Binary.MUL,
            Binary.ADD,
            Binary.GELU_GRAD,
            Binary.ADD,
            Binary.SILU_GRAD,
            Binary.SILU_GRAD,
            Binary.ADD),
        ops);
  }
}

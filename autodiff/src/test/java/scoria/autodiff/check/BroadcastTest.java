package scoria.autodiff.check;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import scoria.engine.device.Device;
import scoria.engine.memory.Scope;
import scoria.engine.op.Case;
import scoria.engine.op.MatMul;
import scoria.engine.op.Op;
import scoria.engine.op.OpTable;
import scoria.engine.op.Reference;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;

/** Operations that broadcast, on random shapes: values, layouts and derivatives. */
class BroadcastTest {
  private static final int TRIALS = 8;

  /** One case of each enum row whose rule says that any operands broadcast. */
  private static List<Case> broadcasting() {
    Map<Op, Case> out = new LinkedHashMap<>();
    for (Case c : OpTable.cases()) {
      if (c.op() instanceof Enum<?>
          && c.op().shapes().endsWith("[...], broadcast")
          && c.op().runsOn(Device.cpu())) {
        out.putIfAbsent(c.op(), c);
      }
    }
    return List.copyOf(out.values());
  }

  @Test
  void thereAreSuchOperations() {
    assertTrue(broadcasting().size() > 15, broadcasting().toString());
  }

  @TestFactory
  Stream<DynamicTest> operationsOnRandomShapes() {
    return broadcasting().stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.op().label(),
                    () -> {
                      SplittableRandom random = new SplittableRandom(c.op().label().hashCode());
                      for (int trial = 0; trial < TRIALS; trial++) {
                        long[] all = sizes(random, random.nextInt(5), 0);
                        check(
                            Case.of(
                                c.op(),
                                c.wrt(),
                                c.inputs().stream()
                                    .map(x -> filled(x, part(random, all)))
                                    .toArray(Reference[]::new)));
                      }
                    }));
  }

  @Test
  void productsOfRandomBatches() {
    SplittableRandom random = new SplittableRandom(5);
    for (int trial = 0; trial < TRIALS; trial++) {
      MatMul op = new MatMul(random.nextBoolean(), random.nextBoolean());
      long[] batch = sizes(random, random.nextInt(3), 1);
      long[] sizes = sizes(random, 3, 0);
      check(
          Case.of(
              op,
              filled(
                  Case.spread(5), with(part(random, batch), op.transposeA(), sizes[0], sizes[1])),
              filled(
                  Case.positive(7),
                  with(part(random, batch), op.transposeB(), sizes[1], sizes[2]))));
    }
  }

  private static void check(Case c) {
    Subject subject = Subject.of(c);
    try (Scope _ = Scope.open("random shapes")) {
      ValueCheck.meaning(subject, DType.FLOAT64, 1e-12);
      ValueCheck.meaning(subject, DType.FLOAT32, 1e-5);
      ValueCheck.layouts(subject, DType.FLOAT32);
      new DerivativeCheck(subject, false, 1e-8, 1e-8, 1e-8).run();
    }
  }

  private static long[] sizes(SplittableRandom random, int rank, int least) {
    long[] out = new long[rank];
    // Empty axes are rare, or all tensors would be empty.
    Arrays.setAll(out, i -> random.nextInt(12) == 0 ? least : random.nextInt(1, 5));
    return out;
  }

  /** A shape that broadcasts to another: without some first axes, and with ones among the rest. */
  private static Shape part(SplittableRandom random, long... all) {
    long[] out = Arrays.copyOfRange(all, random.nextInt(all.length + 1), all.length);
    for (int i = 0; i < out.length; i++) {
      out[i] = random.nextInt(3) == 0 ? 1 : out[i];
    }
    return Shape.of(out);
  }

  private static Shape with(Shape batch, boolean transposed, long rows, long columns) {
    List<Long> out = new ArrayList<>(batch.toList());
    out.add(transposed ? columns : rows);
    out.add(transposed ? rows : columns);
    return Shape.of(out.stream().mapToLong(Long::longValue).toArray());
  }

  /** Values of a test point, over and over. */
  private static Reference filled(Reference values, Shape shape) {
    Reference out = Reference.zeros(shape);
    Arrays.setAll(out.values(), i -> values.values()[i % values.values().length]);
    return out;
  }
}

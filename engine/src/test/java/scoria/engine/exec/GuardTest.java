package scoria.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import scoria.engine.device.Device;
import scoria.engine.op.Case;
import scoria.engine.op.Cast;
import scoria.engine.op.Copy;
import scoria.engine.op.OpTable;
import scoria.engine.op.Reference;
import scoria.engine.op.Transfer;
import scoria.engine.op.ViewOp;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/** The guard finds what every operation makes of NaN and infinity, and names the operation. */
class GuardTest {
  @TestFactory
  Stream<DynamicTest> namesTheOperation() {
    List<Case> cases =
        OpTable.cases().stream()
            .filter(c -> c.op().runsOn(Device.cpu()) && !c.wrt().isEmpty())
            .filter(c -> !(c.op() instanceof ViewOp || c.op() instanceof Transfer))
            .filter(c -> !(c.op() instanceof Copy || c.op() instanceof Cast))
            .toList();
    return IntStream.range(0, cases.size())
        .mapToObj(
            i ->
                DynamicTest.dynamicTest(
                    i + " " + cases.get(i).op(),
                    () ->
                        // What iterates must not do so for ever.
                        assertTimeoutPreemptively(
                            Duration.ofSeconds(20),
                            () -> {
                              for (double bad :
                                  new double[] {
                                    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
                                  }) {
                                check(cases.get(i), bad);
                              }
                            })));
  }

  private static void check(Case c, double bad) {
    Case with =
        new Case(
            c.op(),
            IntStream.range(0, c.inputs().size())
                .mapToObj(
                    i -> c.wrt().contains(i) ? spoilt(c.inputs().get(i), bad) : c.inputs().get(i))
                .toList(),
            c.wrt());
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Tensor[] inputs = with.tensors(dtype);
      Tensor[] outputs;
      try {
        outputs = Execute.outputs(c.op(), inputs);
      } catch (ArithmeticException | IllegalArgumentException e) {
        // Refused without a guard.
        assertTrue(String.valueOf(e.getMessage()).contains(c.op().label()), e.toString());
        continue;
      }
      boolean finite =
          Arrays.stream(outputs)
              .flatMapToDouble(y -> Arrays.stream(y.toDoubles()))
              .allMatch(Double::isFinite);
      try (Checks _ = Checks.nonFinite()) {
        if (finite) {
          assertEquals(outputs.length, Execute.outputs(c.op(), inputs).length);
        } else {
          NonFiniteException e =
              assertThrows(
                  NonFiniteException.class,
                  () -> Execute.outputs(c.op(), inputs),
                  c.op() + " of " + bad);
          String message = String.valueOf(e.getMessage());
          assertTrue(message.startsWith("'" + c.op().label() + "' of "), message);
          assertEquals(-1, message.indexOf('\n'), message);
        }
      }
    }
  }

  /** With one bad element, the first. */
  private static Reference spoilt(Reference x, double bad) {
    Reference out = Reference.zeros(x.shape());
    System.arraycopy(x.values(), 0, out.values(), 0, x.values().length);
    if (out.values().length > 0) {
      out.values()[0] = bad;
    }
    return out;
  }
}

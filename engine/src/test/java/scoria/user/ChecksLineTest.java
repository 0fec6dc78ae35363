package scoria.user;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import scoria.engine.exec.Checks;
import scoria.engine.exec.Execute;
import scoria.engine.exec.NonFiniteException;
import scoria.engine.op.AssignUpdate;
import scoria.engine.op.LerpUpdate;
import scoria.engine.op.Unary;
import scoria.engine.tensor.Tensor;

/** The search for NaN names a line of its user's: this class, in no package of Scoria's own. */
class ChecksLineTest {
  private static final Tensor BAD = Tensor.of(new float[] {1, -1});

  private static String message(Runnable work) {
    try (Checks checks = Checks.nonFinite()) {
      return String.valueOf(assertThrows(NonFiniteException.class, work::run).getMessage());
    }
  }

  @Test
  void theLineIsTheCallersWhateverWayLedIn() {
    Tensor nan = Tensor.of(new float[] {Float.NaN, 1});
    for (Supplier<Tensor> made :
        List.<Supplier<Tensor>>of(
            BAD::log,
            () -> BAD.div(Tensor.zeros(2)),
            () -> nan.softmax(0),
            () -> nan.matmul(nan),
            () -> nan.sum(),
            () -> Tensor.full(Double.NaN, BAD.dtype(), 2),
            () -> BAD.apply(Unary.SQRT))) {
      String message = message(() -> assertNotNull(made.get()));
      assertTrue(message.contains("at scoria.user.ChecksLineTest"), message);
      assertTrue(message.contains("(ChecksLineTest.java:"), message);
      assertEquals(-1, message.indexOf('\n'), message);
    }
  }

  @Test
  void updatesAreSearchedToo() {
    Tensor w = Tensor.ones(2);
    String message =
        message(
            () ->
                Execute.update(
                    AssignUpdate.ASSIGN,
                    List.of(Tensor.of(new float[] {0, Float.NaN})),
                    List.of(w)));
    assertTrue(message.contains("'assign'") && message.contains("[1]"), message);
    Tensor large = Tensor.full(3e38, w.dtype(), 2);
    message =
        message(
            () ->
                Execute.update(
                    LerpUpdate.LERP, List.of(w, Tensor.of(new double[] {-3})), List.of(large)));
    assertTrue(message.contains("'lerp'"), message);
  }

  @Test
  void whatIsNotFiniteCanStillBeRead() {
    Tensor x = Tensor.of(new float[] {Float.POSITIVE_INFINITY, 1, 2, 3}, 2, 2);
    try (Checks checks = Checks.nonFinite()) {
      assertArrayEquals(
          new double[] {Double.POSITIVE_INFINITY, 2, 1, 3}, x.transpose().toDoubles());
      assertEquals("[inf  1.]", x.get(0, 0).toString());
    }
    String message = message(() -> Tensor.of(new double[] {1e300}).to(x.dtype()));
    assertTrue(message.contains("'cast'"), message);
  }
}

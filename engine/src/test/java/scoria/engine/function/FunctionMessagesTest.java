package scoria.engine.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import scoria.engine.op.OpTable;
import scoria.engine.op.Reference;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/** What does not fit is refused by the function that was called, not by what it is made of. */
class FunctionMessagesTest {
  private static final Pattern NAMED = Pattern.compile("^'?(\\w+)'? (of|by|into|to|along) ");

  /** Ways to make an input wrong. */
  private enum Wrong {
    WHOLE,
    OTHER_TYPE,
    SCALAR,
    LESS_AXES,
    MORE_AXES,
    LONGER;

    Tensor of(Tensor x) {
      return switch (this) {
        case WHOLE -> x.to(DType.INT64);
        case OTHER_TYPE -> x.to(DType.FLOAT32);
        case SCALAR -> x.elements() == 0 ? x : x.flatten().get(0, 0);
        case LESS_AXES -> x.elements() == 0 || x.rank() == 0 ? x : x.get(0, 0);
        case MORE_AXES -> x.unsqueeze(0);
        case LONGER ->
            x.elements() == 0 || x.rank() == 0
                ? x
                : Tensor.concat(x.rank() - 1, x, x.narrow(-1, 0, 1));
      };
    }
  }

  @TestFactory
  Stream<DynamicTest> nameTheFunction() {
    Set<String> names =
        Stream.concat(
                OpTable.cases().stream().map(c -> c.op().label()),
                Functions.all().stream().map(Composed::function))
            .collect(Collectors.toSet());
    return Functions.all().stream()
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c, names)));
  }

  private static void check(Composed c, Set<String> names) {
    for (Wrong wrong : Wrong.values()) {
      // One input after the other, and at last all.
      for (int which = 0; which <= c.inputs().size(); which++) {
        Tensor[] given = new Tensor[c.inputs().size()];
        for (int i = 0; i < given.length; i++) {
          Reference r = c.inputs().get(i);
          Tensor x = Tensor.of(r.values()).reshape(r.shape());
          given[i] = which == i || which == given.length ? wrong.of(x) : x;
        }
        try {
          var _ = c.body().apply(given);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
          Matcher said = NAMED.matcher(e.getMessage());
          if (said.find() && names.contains(said.group(1))) {
            assertEquals(c.function(), said.group(1), e.getMessage());
          }
        }
      }
    }
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void sayWhatWouldBeRight() {
    Tensor x = Tensor.ones(1, 1, 4);
    Tensor whole = x.to(DType.INT64);
    String floats = "' of int64[1, 1, 4]: it works on float32 and float64, not on int64; convert";
    refused(
        "'avgPool" + floats + " with to(dtype)",
        () -> Pooling.avgPool(whole, List.of(2L), Sliding.UNIT, true));
    // It gave zeros.
    refused(
        "'adaptiveAvgPool" + floats + " with to(dtype)", () -> Pooling.adaptiveAvgPool(whole, 2));
    Tensor a = Tensor.ones(4, 2);
    for (Tensor b : List.of(Tensor.ones(3, 1), Tensor.ones(3), Tensor.scalar(1, DType.FLOAT32))) {
      refused(
          "'lstsq' of float32[4, 2], "
              + b.signature()
              + ": the right side must be [..., 4, k], or [4]",
          () -> a.lstsq(b));
    }
    refused(
        "'maskedFill' of float32[4, 2] by bool[3]: the mask must broadcast to the shape",
        () -> a.maskedFill(Tensor.of(new boolean[3]), 0));
    refused(
        "'inverse' of int64[1, 1]: it works on float32 and float64, not on int64; convert with"
            + " to(dtype)",
        () -> Tensor.of(new long[] {1}, 1, 1).inverse());
  }
}

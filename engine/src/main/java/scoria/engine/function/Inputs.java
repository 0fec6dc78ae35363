package scoria.engine.function;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/**
 * Refuses types that a composed function does not take, in the function's name: else it would be
 * the first operation within that does not.
 */
final class Inputs {
  private Inputs() {}

  /** All are float32, or all float64; null for what is not given. */
  static void floats(String function, @Nullable Tensor... inputs) {
    check(function, false, inputs);
  }

  /** All are of one type that has arithmetic. */
  static void numbers(String function, @Nullable Tensor... inputs) {
    check(function, true, inputs);
  }

  /** Shapes broadcast. */
  static void broadcast(String function, Tensor a, Tensor b) {
    try {
      a.shape().broadcast(b.shape());
    } catch (IllegalArgumentException e) {
      throw refusal(function, String.valueOf(e.getMessage()), a, b);
    }
  }

  private static void check(String function, boolean whole, @Nullable Tensor... inputs) {
    Tensor first = inputs[0];
    for (Tensor input : inputs) {
      if (input == null || first == null) {
        continue;
      }
      DType dtype = input.dtype();
      if (!dtype.isFloat() && (!whole || dtype == DType.BOOL)) {
        throw refusal(
            function,
            "it works on "
                + (whole ? "numbers" : "float32 and float64")
                + ", not on "
                + dtype
                + "; convert with to(dtype)",
            inputs);
      }
      if (dtype != first.dtype()) {
        throw refusal(
            function,
            "types differ: "
                + first.dtype()
                + " and "
                + dtype
                + "; convert one of them with to(dtype)",
            inputs);
      }
    }
  }

  private static IllegalArgumentException refusal(
      String function, String reason, @Nullable Tensor... inputs) {
    String given =
        Arrays.stream(inputs)
            .filter(Objects::nonNull)
            .map(input -> input.signature().toString())
            .collect(Collectors.joining(", "));
    return new IllegalArgumentException("'" + function + "' of " + given + ": " + reason);
  }
}

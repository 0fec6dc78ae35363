package scoria.samplers;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/** What is said about bad input. */
public final class Refusals {
  private Refusals() {}

  /** The message of the exception that a call throws. */
  public static String message(Class<? extends Throwable> type, Executable call) {
    return String.valueOf(assertThrows(type, call).getMessage());
  }
}

package scoria.engine.exec;

/** Thrown by {@link Checks} when an operation has made a NaN or an infinity. */
public final class NonFiniteException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NonFiniteException(String message) {
    super(message);
  }
}

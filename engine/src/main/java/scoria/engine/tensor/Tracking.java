package scoria.engine.tensor;

/**
 * Whether results remember their origins, thread by thread.
 *
 * <p>On by default; what is made from a tracked tensor is then tracked. Samplers and evaluations
 * turn it off, so that a long loop does not hold all its steps:
 *
 * <pre>{@code
 * try (Tracking.Pause pause = Tracking.pause()) { ... }
 * }</pre>
 */
public final class Tracking {
  private static final ThreadLocal<int[]> PAUSES = ThreadLocal.withInitial(() -> new int[1]);

  private Tracking() {}

  /** Whether results in this thread remember their origins. */
  public static boolean isOn() {
    return PAUSES.get()[0] == 0;
  }

  /** Stops tracking in this thread until the result is closed. Pauses nest. */
  public static Pause pause() {
    PAUSES.get()[0]++;
    return new Pause();
  }

  /**
   * Tracks in this thread until the result is closed, whatever pauses there are: for a derivative
   * that is taken inside of a pause.
   */
  public static Resumption resume() {
    int[] pauses = PAUSES.get();
    Resumption resumption = new Resumption(pauses[0]);
    pauses[0] = 0;
    return resumption;
  }

  /** Ends a resumption when closed. */
  public static final class Resumption implements AutoCloseable {
    private final int pauses;
    private boolean closed;

    private Resumption(int pauses) {
      this.pauses = pauses;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        PAUSES.get()[0] = pauses;
      }
    }
  }

  /** Ends a pause when closed. */
  public static final class Pause implements AutoCloseable {
    private boolean closed;

    private Pause() {}

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        PAUSES.get()[0]--;
      }
    }
  }
}

package scoria.autodiff.nn;

/**
 * Whether layers that do something else while training do so, thread by thread: {@link Dropout} and
 * {@link BatchNorm}. Off by default:
 *
 * <pre>{@code
 * try (TrainingMode.On _ = TrainingMode.on()) { ... }
 * }</pre>
 */
public final class TrainingMode {
  private static final ThreadLocal<int[]> DEPTH = ThreadLocal.withInitial(() -> new int[1]);

  private TrainingMode() {}

  /** Whether layers are trained in this thread. */
  public static boolean isOn() {
    return DEPTH.get()[0] > 0;
  }

  /** Lets layers of this thread be trained until the result is closed. Nests. */
  public static On on() {
    DEPTH.get()[0]++;
    return new On();
  }

  /** Ends training when closed. */
  public static final class On implements AutoCloseable {
    private boolean closed;

    private On() {}

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        DEPTH.get()[0]--;
      }
    }
  }
}

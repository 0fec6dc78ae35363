package scoria.engine.device;

/**
 * A task on whole tensors, cut into chunks that may run side by side. Where the cuts are depends on
 * sizes alone.
 */
interface Work {
  /** How many chunks. */
  int chunks();

  /** About how many elements are computed, to tell what is worth a second thread. */
  long cost();

  /** Whether the task shares itself out among threads, so that nothing may run beside it. */
  default boolean isAlone() {
    return false;
  }

  /** Runs one chunk. */
  void run(int chunk, Frame frame);
}

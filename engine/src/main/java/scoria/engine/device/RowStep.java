package scoria.engine.device;

/** A task prepared to be run on some of the batch's rows at a time. */
@FunctionalInterface
interface RowStep {
  /** Computes the frame's rows. */
  void run(Frame frame);
}

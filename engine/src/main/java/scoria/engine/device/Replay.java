package scoria.engine.device;

import java.util.List;
import scoria.engine.tensor.Tensor;

/** A {@link Schedule} that a device has prepared, with all its memory. Not thread-safe. */
public interface Replay {
  /**
   * Copies the value of an input for the next run.
   *
   * @param input its number in the schedule
   * @param value of the input's shape and type, any layout
   */
  void set(int input, Tensor value);

  /** Where the schedule's outputs are after a run, until the next one. */
  List<Tensor> outputs();

  /** Computes; the bits are those of running the tasks one by one. */
  void run();
}

package scoria.engine.device;

import java.util.List;
import scoria.engine.op.Op;
import scoria.engine.tensor.Tensor;

/**
 * What a recorded program does, in order, for a device to prepare.
 *
 * <p>Operands are tensors. Those over {@link scoria.engine.memory.RecordedMemory} are the program's
 * own and have no place yet; all others lie on the device and are read, or changed by updates,
 * where they are.
 *
 * @param inputs what is given anew for every run; dense
 * @param tasks what to compute; a task's operands are inputs, outputs of earlier tasks, or views of
 *     these
 * @param outputs what is to be read after a run
 */
public record Schedule(List<Tensor> inputs, List<Task> tasks, List<Tensor> outputs) {
  /** Copies the lists. */
  public Schedule {
    inputs = List.copyOf(inputs);
    tasks = List.copyOf(tasks);
    outputs = List.copyOf(outputs);
  }

  /**
   * One operation.
   *
   * @param op the operation, not a view
   * @param inputs with layouts that it accepts
   * @param outputs dense; for an update what it changes
   */
  public record Task(Op op, List<Tensor> inputs, List<Tensor> outputs) {
    /** Copies the lists. */
    public Task {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }
  }
}

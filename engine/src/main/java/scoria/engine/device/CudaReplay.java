package scoria.engine.device;

import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import scoria.engine.device.Schedule.Task;
import scoria.engine.device.SlabPlan.Block;
import scoria.engine.memory.CudaMemory;
import scoria.engine.memory.Memory;
import scoria.engine.memory.RecordedMemory;
import scoria.engine.op.CustomOp;
import scoria.engine.op.Op;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cuda.CudaGraph;
import scoria.kernels.cuda.CudaStream;

/**
 * A schedule on the GPU. The first run queues its operations one by one, so that all kernels get
 * compiled; from then on they are a graph that is launched as a whole.
 */
final class CudaReplay implements Replay {
  /** An operation on tensors that have their places. */
  private record Step(Op op, Tensor[] inputs, Tensor[] outputs) {}

  private static final Cleaner CLEANER = Cleaner.create();

  private final Cuda cuda;
  private final CudaStream stream;
  private final List<Tensor> inputs;
  private final List<Tensor> outputs;
  private final List<Step> steps = new ArrayList<>();
  private final boolean isGraph;
  private boolean warm;
  private @Nullable CudaGraph graph;

  private CudaReplay(Cuda cuda, CudaStream stream, Schedule schedule) {
    this.cuda = cuda;
    this.stream = stream;
    Map<Memory, Block> blocks = new IdentityHashMap<>();
    SlabPlan plan = plan(schedule, blocks);
    CudaMemory slab = cuda.allocateUnscoped(plan.place(), "program");
    for (Task task : schedule.tasks()) {
      steps.add(
          new Step(
              task.op(),
              real(task.inputs(), blocks, slab).toArray(Tensor[]::new),
              real(task.outputs(), blocks, slab).toArray(Tensor[]::new)));
    }
    inputs = real(schedule.inputs(), blocks, slab);
    outputs = real(schedule.outputs(), blocks, slab);
    // A user's operation may wait for the device, which a graph cannot hold.
    isGraph = steps.stream().noneMatch(step -> step.op() instanceof CustomOp);
  }

  static CudaReplay of(Cuda cuda, CudaStream stream, Schedule schedule) {
    return new CudaReplay(cuda, stream, schedule);
  }

  /** Blocks for what the program makes, in use from the task that makes it to the last reader. */
  private static SlabPlan plan(Schedule schedule, Map<Memory, Block> blocks) {
    SlabPlan plan = new SlabPlan();
    int end = schedule.tasks().size();
    Set<Memory> results = Collections.newSetFromMap(new IdentityHashMap<>());
    schedule.outputs().forEach(t -> results.add(t.memory()));
    for (Tensor input : schedule.inputs()) {
      // A result of the last run may be given, so inputs share memory with nothing.
      Block block = plan.add(input.memory().bytes(), 0);
      block.usedAt(end);
      blocks.put(input.memory(), block);
    }
    for (int time = 0; time < end; time++) {
      Task task = schedule.tasks().get(time);
      for (Tensor input : task.inputs()) {
        Block block = blocks.get(input.memory());
        if (block != null) {
          block.usedAt(time);
        }
      }
      for (Tensor output : task.outputs()) {
        Memory memory = output.memory();
        if (memory instanceof RecordedMemory && !blocks.containsKey(memory)) {
          // A result stays until it is made again.
          boolean result = results.contains(memory);
          Block block = plan.add(memory.bytes(), result ? 0 : time);
          if (result) {
            block.usedAt(end);
          }
          blocks.put(memory, block);
        }
      }
    }
    return plan;
  }

  /** Tensors of the program where they really are. */
  private static List<Tensor> real(
      List<Tensor> tensors, Map<Memory, Block> blocks, CudaMemory slab) {
    List<Tensor> out = new ArrayList<>(tensors.size());
    for (Tensor tensor : tensors) {
      Block block = blocks.get(tensor.memory());
      if (block == null) {
        out.add(tensor);
      } else {
        Layout layout = tensor.layout();
        long at = layout.offset() + block.offset() / tensor.dtype().bytes();
        out.add(
            Tensor.of(slab, Layout.of(layout.shape(), layout.strides(), at), tensor.dtype(), null));
      }
    }
    return out;
  }

  @Override
  public void set(int input, Tensor value) {
    Tensor slot = inputs.get(input);
    synchronized (stream) {
      CudaMoves.copy(stream, value, slot.layout(), slot);
    }
  }

  @Override
  public List<Tensor> outputs() {
    return outputs;
  }

  @Override
  public void run() {
    // One at a time: what another thread queued meanwhile would become a part of the graph.
    synchronized (stream) {
      CudaGraph recorded = graph;
      if (recorded == null && warm && isGraph) {
        recorded = CudaGraph.capture(stream, this::queue);
        graph = recorded;
        CLEANER.register(this, new End(stream, recorded));
      }
      if (recorded == null) {
        queue();
        warm = true;
      } else {
        recorded.launch();
      }
    }
  }

  /** Ends the graph of a program that nobody can run any more. */
  private record End(CudaStream stream, CudaGraph graph) implements Runnable {
    @Override
    public void run() {
      synchronized (stream) {
        graph.close();
      }
    }
  }

  private void queue() {
    for (Step step : steps) {
      cuda.queue(step.op(), step.inputs(), step.outputs());
    }
  }
}

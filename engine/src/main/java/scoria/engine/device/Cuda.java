package scoria.engine.device;

import scoria.engine.memory.CudaMemory;
import scoria.engine.memory.Memory;
import scoria.engine.op.ArgReduction;
import scoria.engine.op.ArgScan;
import scoria.engine.op.ArgSort;
import scoria.engine.op.Binary;
import scoria.engine.op.Bitwise;
import scoria.engine.op.Cast;
import scoria.engine.op.Comparison;
import scoria.engine.op.Concat;
import scoria.engine.op.Copy;
import scoria.engine.op.CustomOp;
import scoria.engine.op.Embed;
import scoria.engine.op.Fill;
import scoria.engine.op.MatMul;
import scoria.engine.op.MatrixOp;
import scoria.engine.op.MultiOp;
import scoria.engine.op.Op;
import scoria.engine.op.OverlapAdd;
import scoria.engine.op.Places;
import scoria.engine.op.Put;
import scoria.engine.op.RandomOp;
import scoria.engine.op.Recurrence;
import scoria.engine.op.Reduction;
import scoria.engine.op.RowOp;
import scoria.engine.op.ScalarOp;
import scoria.engine.op.Scan;
import scoria.engine.op.Take;
import scoria.engine.op.TakeAdjoint;
import scoria.engine.op.TakeAlong;
import scoria.engine.op.TakeAlongAdjoint;
import scoria.engine.op.Transfer;
import scoria.engine.op.Unary;
import scoria.engine.op.Update;
import scoria.engine.op.ViewOp;
import scoria.engine.op.Where;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cuda.CudaContext;
import scoria.kernels.cuda.CudaStream;

/**
 * An NVIDIA GPU: the kernels of {@link scoria.kernels.cuda} on the first device that the driver
 * lists.
 *
 * <p>Operations are queued and run later, in order; reading values waits for them. So an index out
 * of bounds is found no sooner than at the next reading, which throws.
 */
public final class Cuda implements Device {
  private static final class Once {
    static final Cuda DEVICE = new Cuda(CudaContext.open());
  }

  private final CudaContext context;
  private final CudaStream stream;

  private Cuda(CudaContext context) {
    this.context = context;
    this.stream = context.stream();
  }

  /** The GPU of this process; throws as {@link Device#cuda} says. */
  static Cuda open() {
    // Outside of the holder, whose initialiser's exceptions would come wrapped, and only once.
    CudaContext.open();
    return Once.DEVICE;
  }

  @Override
  public String name() {
    return "cuda";
  }

  /** Name of the GPU, as its driver gives it. */
  public String gpu() {
    return context.device().device();
  }

  @Override
  public Memory allocate(long bytes, String maker) {
    return CudaMemory.allocate(context, bytes, maker);
  }

  @Override
  public CudaMemory allocateUnscoped(long bytes, String maker) {
    return CudaMemory.allocateUnscoped(context, bytes, maker);
  }

  @Override
  public Replay compile(Schedule schedule) {
    return CudaReplay.of(this, stream, schedule);
  }

  @Override
  public void run(Op op, Tensor[] inputs, Tensor[] outputs) {
    // What an operation queues stays together: its kernels share what they keep between passes.
    synchronized (stream) {
      queue(op, inputs, outputs);
    }
  }

  /** Queues an operation; for who holds the stream. */
  void queue(Op op, Tensor[] inputs, Tensor[] outputs) {
    switch (op) {
      case Unary unary -> CudaElementwise.unary(stream, unary, inputs[0], outputs[0]);
      case ScalarOp scalar -> CudaElementwise.scalar(stream, scalar, inputs[0], outputs[0]);
      case Binary binary -> CudaElementwise.pairwise(stream, binary.label(), inputs, outputs[0]);
      case Bitwise bits -> CudaElementwise.pairwise(stream, bits.label(), inputs, outputs[0]);
      case Comparison comparison ->
          CudaElementwise.pairwise(stream, comparison.label(), inputs, outputs[0]);
      case Where where -> CudaElementwise.where(stream, inputs, outputs[0]);
      case Cast cast -> CudaElementwise.cast(stream, inputs[0], outputs[0]);
      case Reduction reduction -> CudaReduction.reduce(stream, reduction, inputs[0], outputs[0]);
      case ArgReduction reduction -> CudaReduction.arg(stream, reduction, inputs[0], outputs[0]);
      case ArgSort sort -> CudaReduction.argSort(stream, sort, inputs[0], outputs[0]);
      case ArgScan scan -> CudaReduction.argScan(stream, scan, inputs[0], outputs[0]);
      case Scan scan -> CudaReduction.scan(stream, scan, inputs[0], outputs[0]);
      case Recurrence recurrence ->
          CudaReduction.recurrence(stream, recurrence, inputs, outputs[0]);
      case RowOp rows -> CudaReduction.rows(stream, rows, inputs[0], outputs[0]);
      case MatMul product -> CudaMatMul.run(stream, product, inputs[0], inputs[1], outputs[0]);
      case MatrixOp _, MultiOp _ ->
          throw new IllegalArgumentException("'" + op.label() + "' has no kernel for the GPU");
      case Transfer transfer -> Transfers.run(inputs[0], outputs[0]);
      case Copy copy -> CudaMoves.copy(stream, inputs[0], outputs[0].layout(), outputs[0]);
      case Concat concat -> CudaMoves.concat(stream, concat, inputs, outputs[0]);
      case Embed embed -> CudaMoves.embed(stream, embed, inputs[0], outputs[0]);
      case OverlapAdd add -> CudaMoves.overlapAdd(stream, add, inputs[0], outputs[0]);
      case Take take -> CudaMoves.take(stream, take.axis(), inputs, outputs[0]);
      case TakeAdjoint take -> CudaMoves.takeAdjoint(stream, take.axis(), inputs, outputs[0]);
      case TakeAlong take -> CudaMoves.takeAlong(stream, take.axis(), inputs, outputs[0]);
      case TakeAlongAdjoint take ->
          CudaMoves.takeAlongAdjoint(stream, take.axis(), inputs, outputs[0]);
      case Places places -> CudaMoves.places(stream, places, inputs[0], outputs[0]);
      case Put put -> CudaMoves.put(stream, put.axis(), inputs, outputs[0]);
      case Fill fill -> CudaSource.fill(stream, fill, outputs[0]);
      case RandomOp random -> CudaSource.random(stream, random, inputs[0], outputs[0]);
      case Update update -> CudaUpdate.run(stream, update, inputs, outputs);
      case CustomOp custom -> custom.run(inputs, outputs);
      case ViewOp view ->
          throw new IllegalArgumentException(
              "'" + view.label() + "' is a view: nothing to compute");
    }
  }

  /** Where the memory of a tensor of this device begins. */
  static long address(Tensor tensor) {
    if (tensor.memory() instanceof CudaMemory memory) {
      return memory.address();
    }
    throw new IllegalArgumentException(
        tensor.signature() + " is on " + tensor.device().name() + " and was given to the GPU");
  }
}

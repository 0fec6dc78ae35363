package scoria.engine.device;

import java.lang.foreign.MemorySegment;
import scoria.engine.memory.CudaMemory;
import scoria.engine.memory.HostMemory;
import scoria.engine.memory.Memory;
import scoria.engine.memory.RecordedMemory;
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
import scoria.kernels.cpu.WorkerPool;

/** The processor: the kernels of {@link scoria.kernels.cpu} on a pool of threads. */
public final class Cpu implements Device {
  static final Cpu INSTANCE = new Cpu();

  /** A pool for work that is shared out already. */
  static final WorkerPool ALONE = WorkerPool.of(1);

  private volatile WorkerPool pool = WorkerPool.of(Runtime.getRuntime().availableProcessors());

  private Cpu() {}

  /**
   * Sets how many threads compute, the caller among them. Results do not depend on it. Not to be
   * called while another thread computes.
   *
   * @param threads at least 1; by default as many as there are processors
   */
  public void threads(int threads) {
    WorkerPool old = pool;
    if (threads != old.threads()) {
      pool = WorkerPool.of(threads);
      old.close();
    }
  }

  /** How many threads compute. */
  public int threads() {
    return pool.threads();
  }

  /** The threads that compute. */
  WorkerPool pool() {
    return pool;
  }

  @Override
  public Replay compile(Schedule schedule) {
    return CpuReplay.of(this, schedule);
  }

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public Memory allocate(long bytes, String maker) {
    return HostMemory.allocate(bytes, maker);
  }

  @Override
  public Memory allocateUnscoped(long bytes, String maker) {
    return HostMemory.allocateUnscoped(bytes, maker);
  }

  @Override
  public void run(Op op, Tensor[] inputs, Tensor[] outputs) {
    switch (op) {
      case Unary unary -> CpuElementwise.unary(pool, unary, inputs[0], outputs[0]);
      case ScalarOp scalar -> CpuElementwise.scalar(pool, scalar, inputs[0], outputs[0]);
      case Binary binary -> CpuElementwise.binary(pool, binary, inputs, outputs[0]);
      case Bitwise bits -> CpuElementwise.bitwise(pool, bits, inputs, outputs[0]);
      case Comparison comparison -> CpuElementwise.comparison(pool, comparison, inputs, outputs[0]);
      case Where where -> CpuElementwise.where(pool, inputs, outputs[0]);
      case Cast cast -> CpuElementwise.cast(pool, inputs[0], outputs[0]);
      case Reduction reduction -> CpuReduce.reduce(pool, reduction, inputs[0], outputs[0]);
      case ArgReduction reduction -> CpuReduce.arg(pool, reduction, inputs[0], outputs[0]);
      case ArgSort sort -> CpuReduce.argSort(pool, sort, inputs[0], outputs[0]);
      case ArgScan scan -> CpuReduce.argScan(pool, scan, inputs[0], outputs[0]);
      case Scan scan -> CpuReduce.scan(pool, scan, inputs[0], outputs[0]);
      case Recurrence recurrence -> CpuReduce.recurrence(pool, recurrence, inputs, outputs[0]);
      case RowOp rows -> CpuReduce.rows(pool, rows, inputs[0], outputs[0]);
      case MatMul product -> CpuMatMul.run(pool, product, inputs[0], inputs[1], outputs[0]);
      case MatrixOp matrix -> CpuMatrix.run(pool, matrix, inputs, outputs[0]);
      case MultiOp factors -> CpuMatrix.run(pool, factors, inputs[0], outputs);
      case Transfer transfer -> Transfers.run(inputs[0], outputs[0]);
      case Copy copy -> CpuMove.copy(pool, inputs[0], outputs[0].layout(), outputs[0]);
      case Concat concat -> CpuMove.concat(pool, concat, inputs, outputs[0]);
      case Embed embed -> CpuMove.embed(pool, embed, inputs[0], outputs[0]);
      case OverlapAdd add -> CpuMove.overlapAdd(pool, add, inputs[0], outputs[0]);
      case Take take -> CpuMove.take(pool, take.axis(), inputs, outputs[0]);
      case TakeAdjoint take -> CpuMove.takeAdjoint(pool, take.axis(), inputs, outputs[0]);
      case TakeAlong take -> CpuMove.takeAlong(pool, take.axis(), inputs, outputs[0]);
      case TakeAlongAdjoint take -> CpuMove.takeAlongAdjoint(pool, take.axis(), inputs, outputs[0]);
      case Places places -> CpuMove.places(places, inputs[0], outputs[0]);
      case Put put -> CpuMove.put(pool, put.axis(), inputs, outputs[0]);
      case Fill fill -> CpuSource.fill(fill, outputs[0]);
      case RandomOp random -> CpuSource.random(pool, random, inputs[0], outputs[0]);
      case Update update -> CpuUpdate.run(pool, update, inputs, outputs);
      case CustomOp custom -> custom.run(inputs, outputs);
      case ViewOp view ->
          throw new IllegalArgumentException(
              "'" + view.label() + "' is a view: nothing to compute");
    }
  }

  /** The memory of a tensor of this device. */
  static MemorySegment segment(Tensor tensor) {
    return switch (tensor.memory()) {
      case HostMemory host -> host.segment();
      case CudaMemory _ ->
          throw new IllegalArgumentException(
              tensor.signature() + " is on cuda and was given to the processor");
      case RecordedMemory recorded -> throw recorded.unread();
    };
  }
}

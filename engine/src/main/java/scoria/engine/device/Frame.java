package scoria.engine.device;

import java.lang.foreign.MemorySegment;
import scoria.kernels.cpu.WorkerPool;

/** Which rows a thread works on, and the thread's own memory. */
final class Frame {
  /** The first row, counted from the beginning of the batch. */
  long row;

  /** How many rows. */
  long rows;

  /** The first row of the shard. */
  long shardRow;

  /** Number of the shard. */
  int shard;

  /** Memory of this thread alone. */
  MemorySegment slab = MemorySegment.NULL;

  /** Threads that a step may use: all where it runs alone, none where others run beside it. */
  WorkerPool pool = Cpu.ALONE;

  private float[] floats = new float[0];
  private double[] doubles = new double[0];

  /** An array of this thread alone, of at least a size. */
  float[] floats(int size) {
    if (floats.length < size) {
      floats = new float[size];
    }
    return floats;
  }

  /** An array of this thread alone, of at least a size. */
  double[] doubles(int size) {
    if (doubles.length < size) {
      doubles = new double[size];
    }
    return doubles;
  }
}

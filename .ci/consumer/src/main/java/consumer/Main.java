package consumer;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import scoria.kernels.cpu.AlignedMemory;
import scoria.kernels.cpu.VectorModule;
import scoria.kernels.cpu.WorkerPool;

/** Squares of 0 .. n-1, shared out to threads, and their sum checked. */
public final class Main {
  private static final int N = 1000;

  static {
    VectorModule.require();
  }

  private Main() {}

  public static void main(String[] args) {
    double sum = 0;
    try (Arena arena = Arena.ofShared();
        WorkerPool pool = WorkerPool.of(2)) {
      MemorySegment squares = AlignedMemory.doubles(arena, N);
      pool.forRanges(
          N,
          64,
          (from, to) -> {
            for (long i = from; i < to; i++) {
              squares.setAtIndex(ValueLayout.JAVA_DOUBLE, i, (double) i * i);
            }
          });
      for (long i = 0; i < N; i++) {
        sum += squares.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
      }
    }
    double expected = (N - 1.0) * N * (2.0 * N - 1) / 6;
    if (sum != expected) {
      throw new AssertionError("the sum is " + sum + " and should be " + expected);
    }
    System.out.println("consumer: right");
  }
}

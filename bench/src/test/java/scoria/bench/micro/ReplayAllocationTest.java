package scoria.bench.micro;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import scoria.engine.device.Device;

/** A replayed training step allocates next to nothing. */
class ReplayAllocationTest {
  private static final int BEFORE = Device.cpu().threads();

  @AfterEach
  void threads() {
    Device.cpu().threads(BEFORE);
  }

  /**
   * Reading the loss takes 32 bytes. Before the compilers are done a vector may be an object, so
   * the test waits, within limits, for a round of steps that keeps to the bound.
   */
  @Test
  void aReplayedStepKeepsTo64Bytes() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    DsmStepBenchmark benchmark = new DsmStepBenchmark();
    benchmark.threads = 1;
    benchmark.start();
    int steps = 200;
    long end = System.nanoTime() + 120_000_000_000L;
    double loss = 0;
    long bytes;
    int rounds = 0;
    do {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < steps; i++) {
        loss += benchmark.recorded();
      }
      bytes = (threads.getCurrentThreadAllocatedBytes() - before) / steps;
      rounds++;
    } while (bytes > 64 && System.nanoTime() < end);
    assertTrue(bytes <= 64, bytes + " bytes a step in the last of " + rounds + " rounds");
    assertTrue(loss > 0, "a loss of " + loss);
  }
}

package scoria.kernels.cuda;

import static jcuda.driver.JCudaDriver.cuGraphDestroy;
import static jcuda.driver.JCudaDriver.cuGraphExecDestroy;
import static jcuda.driver.JCudaDriver.cuGraphInstantiate;
import static jcuda.driver.JCudaDriver.cuGraphLaunch;
import static jcuda.driver.JCudaDriver.cuStreamBeginCapture;
import static jcuda.driver.JCudaDriver.cuStreamEndCapture;

import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUstreamCaptureMode;

/**
 * Work that was recorded once and is queued again by one call: the same kernels in the same order
 * on the same addresses. What may differ from launch to launch is what lies in device memory.
 */
public final class CudaGraph implements AutoCloseable {
  private final CudaStream stream;
  private final CUgraphExec executable;
  private boolean closed;

  private CudaGraph(CudaStream stream, CUgraphExec executable) {
    this.stream = stream;
    this.executable = executable;
  }

  /**
   * Records what {@code work} queues, without doing it. It may launch kernels, copy within the
   * device and fill; it must not wait, copy from or to the host, or give memory back. Every kernel
   * file it uses is best compiled before: run the work once. No other thread may use the stream
   * meanwhile.
   *
   * @param stream the queue that is listened to
   * @param work runs once, in this thread
   * @throws CudaFailure if something was queued that cannot be recorded
   */
  public static CudaGraph capture(CudaStream stream, Runnable work) {
    stream.context().enter();
    Check.driver(
        cuStreamBeginCapture(stream.handle(), CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_RELAXED),
        "beginning to record a graph");
    CUgraph graph = new CUgraph();
    stream.recording(true);
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      // A stream left recording could not be used again.
      cuStreamEndCapture(stream.handle(), graph);
      throw e;
    } finally {
      stream.recording(false);
    }
    Check.driver(cuStreamEndCapture(stream.handle(), graph), "recording a graph");
    try {
      CUgraphExec executable = new CUgraphExec();
      Check.driver(cuGraphInstantiate(executable, graph, 0), "making a graph executable");
      return new CudaGraph(stream, executable);
    } finally {
      cuGraphDestroy(graph);
    }
  }

  /**
   * Queues the work.
   *
   * @throws IllegalStateException if the graph is closed
   */
  public void launch() {
    if (closed) {
      throw new IllegalStateException("a graph that is closed was launched");
    }
    stream.context().enter();
    Check.driver(cuGraphLaunch(executable, stream.handle()), "launching a graph");
  }

  /** Waits for the device and ends the graph. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      stream.await("waiting for work before a graph is closed");
      Check.driver(cuGraphExecDestroy(executable), "closing a graph");
    }
  }
}

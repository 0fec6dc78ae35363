package scoria.kernels.cuda;

import static jcuda.driver.CUresult.*;
import static jcuda.driver.JCudaDriver.*;
import static org.junit.jupiter.api.Assertions.*;
import static scoria.kernels.cuda.StandInKernels.*;

import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUfunction;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUgraphNode;
import jcuda.driver.CUstream;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.CUstreamCaptureStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Capture, and what it forbids; graphs, and that they keep the arguments they were given. */
class StandInGraphTest {
  private static final int GLOBAL = CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_GLOBAL;
  private static final int RELAXED = CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_RELAXED;

  private final CUstream stream = new CUstream();
  private final CUgraph graph = new CUgraph();
  private CUfunction add;

  @BeforeEach
  void open() {
    StandInKernels.open();
    StandIn.clear();
    add =
        function(
            module(
                "add.cu",
                """
                extern "C" __global__ void add(int* p, int n) {
                  p[threadIdx.x] += n;
                }
                """),
            "add");
    ok(cuStreamCreate(stream, 1));
  }

  @AfterEach
  void close() {
    ok(cuStreamDestroy(stream));
    assertEquals("", StandIn.report());
  }

  private CUgraphExec executable() {
    CUgraphExec exec = new CUgraphExec();
    ok(cuGraphInstantiate(exec, graph, 0));
    ok(cuGraphDestroy(graph));
    return exec;
  }

  @Test
  void launchesCopiesAndFillsAreReplayed() {
    CUdeviceptr a = device(1, 2);
    CUdeviceptr b = allocate(8);
    CUdeviceptr c = device(5, 5);
    int[] number = {10};
    ok(cuStreamBeginCapture(stream, GLOBAL));
    int[] status = new int[1];
    ok(cuStreamIsCapturing(stream, status));
    assertEquals(CUstreamCaptureStatus.CU_STREAM_CAPTURE_STATUS_ACTIVE, status[0]);
    ok(launch(add, 1, 2, 0, stream, a, number));
    number[0] = 77;
    ok(cuMemcpyDtoDAsync(b, a, 8, stream));
    ok(cuMemsetD32Async(c, 0, 1, stream));
    ok(launch(add, 1, 2, 0, stream, c, new int[] {1}));
    ok(cuStreamEndCapture(stream, graph));
    assertArrayEquals(new int[] {1, 2}, ints(a, 2), "capturing does nothing");
    long[] count = {8};
    CUgraphNode[] nodes = new CUgraphNode[8];
    ok(cuGraphGetNodes(graph, nodes, count));
    assertEquals(4, count[0]);
    int[] type = new int[1];
    ok(cuGraphNodeGetType(nodes[1], type));
    assertEquals(1, type[0]);
    CUgraphExec exec = executable();
    ok(cuGraphLaunch(exec, stream));
    ok(cuGraphLaunch(exec, stream));
    ok(cuStreamSynchronize(stream));
    assertArrayEquals(new int[] {21, 22}, ints(a, 2));
    assertArrayEquals(new int[] {21, 22}, ints(b, 2));
    assertArrayEquals(new int[] {1, 7}, ints(c, 2));
    ok(cuGraphExecDestroy(exec));
    assertEquals(CUDA_ERROR_INVALID_VALUE, cuGraphLaunch(exec, stream));
  }

  @Test
  void anotherStreamJoinsThroughEvents() {
    CUdeviceptr a = device(0);
    CUstream other = new CUstream();
    CUevent fork = new CUevent();
    CUevent join = new CUevent();
    ok(cuStreamCreate(other, 1));
    ok(cuEventCreate(fork, 2));
    ok(cuEventCreate(join, 2));
    ok(cuStreamBeginCapture(stream, GLOBAL));
    ok(cuEventRecord(fork, stream));
    ok(cuStreamWaitEvent(other, fork, 0));
    ok(launch(add, 1, 1, 0, other, a, new int[] {3}));
    ok(cuEventRecord(join, other));
    ok(cuStreamWaitEvent(stream, join, 0));
    ok(cuStreamEndCapture(stream, graph));
    CUgraphExec exec = executable();
    ok(cuGraphLaunch(exec, stream));
    ok(cuStreamSynchronize(stream));
    assertArrayEquals(new int[] {3}, ints(a, 1));
    ok(cuStreamBeginCapture(stream, GLOBAL));
    ok(cuEventRecord(fork, stream));
    ok(cuStreamWaitEvent(other, fork, 0));
    ok(launch(add, 1, 1, 0, other, a, new int[] {3}));
    assertEquals(CUDA_ERROR_STREAM_CAPTURE_UNJOINED, cuStreamEndCapture(stream, graph));
    ok(cuStreamDestroy(other));
  }

  @Test
  void waitingAndAllocatingEndACapture() {
    ok(cuStreamBeginCapture(stream, RELAXED));
    assertEquals(CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED, cuStreamSynchronize(stream));
    assertEquals(CUDA_ERROR_STREAM_CAPTURE_INVALIDATED, cuStreamEndCapture(stream, graph));
    ok(cuStreamBeginCapture(stream, GLOBAL));
    assertEquals(CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED, cuMemAlloc(new CUdeviceptr(), 4));
    assertEquals(CUDA_ERROR_STREAM_CAPTURE_INVALIDATED, cuStreamEndCapture(stream, graph));
    ok(cuStreamBeginCapture(stream, RELAXED));
    ok(cuMemAlloc(new CUdeviceptr(), 4));
    ok(cuStreamEndCapture(stream, graph));
    ok(cuGraphDestroy(graph));
  }

  @Test
  void theLegacyStreamMeetsABlockingCapture() {
    CUstream blocking = new CUstream();
    ok(cuStreamCreate(blocking, 0));
    CUdeviceptr a = device(1);
    ok(cuStreamBeginCapture(blocking, GLOBAL));
    assertEquals(CUDA_ERROR_STREAM_CAPTURE_IMPLICIT, cuMemcpyDtoH(Pointer.to(new int[1]), a, 4));
    assertEquals(CUDA_ERROR_STREAM_CAPTURE_INVALIDATED, cuStreamEndCapture(blocking, graph));
    ok(cuStreamDestroy(blocking));
    assertEquals(CUDA_ERROR_ILLEGAL_STATE, cuStreamEndCapture(stream, graph));
  }

  @Test
  void workOnANonBlockingStreamIsNotWaitedForByTheLegacyOne() {
    CUdeviceptr a = device(1);
    ok(launch(add, 1, 1, 0, stream, a, new int[] {1}));
    assertArrayEquals(new int[] {1}, ints(a, 1), "read too early");
    ok(cuStreamSynchronize(stream));
    assertArrayEquals(new int[] {2}, ints(a, 1));
  }
}

package scoria.kernels.cuda;

import static jcuda.driver.CUresult.*;
import static jcuda.driver.JCudaDriver.*;
import static org.junit.jupiter.api.Assertions.*;
import static scoria.kernels.cuda.StandInKernels.*;

import java.util.stream.Stream;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUmodule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Planted errors are found, each with its kernel and its line; what is right is left alone. */
class StandInWatchTest {
  // The line that is to be reported is the one that ends in a comment of the kernel's name.
  private static final String PLANTED =
      """
      extern "C" __global__ void race(float* out, const float* in) {
        __shared__ float tile[64];
        tile[threadIdx.x] = in[threadIdx.x];
        out[threadIdx.x] = tile[(threadIdx.x + 1) % 64]; // race
      }
      extern "C" __global__ void overwritten(float* out, const float* in) {
        __shared__ float tile[64];
        for (int i = 0; i < 2; i++) {
          tile[threadIdx.x] = in[threadIdx.x] + i; // overwritten
          __syncthreads();
          out[threadIdx.x] = tile[63 - threadIdx.x];
        }
      }
      extern "C" __global__ void warps(float* out, const float* in) {
        __shared__ float tile[64];
        tile[threadIdx.x] = in[threadIdx.x];
        __syncwarp();
        out[threadIdx.x] = tile[63 - threadIdx.x]; // warps
      }
      extern "C" __global__ void blocks(float* out, const float* in) {
        out[threadIdx.x] = in[threadIdx.x] + blockIdx.x; // blocks
      }
      extern "C" __global__ void lost(float* out, const float* in) {
        out[0] = out[0] + in[threadIdx.x]; // lost
      }
      extern "C" __global__ void bound(float* out, const float* in) {
        int i = blockIdx.x * blockDim.x + threadIdx.x;
        if (i <= 64) out[i] = in[0]; // bound
      }
      extern "C" __global__ void before(float* out, const float* in) {
        out[threadIdx.x] = in[(int)threadIdx.x - 1]; // before
      }
      extern "C" __global__ void past(float* out, const float* in) {
        __shared__ float tile[64];
        tile[threadIdx.x + 1] = in[threadIdx.x]; // past
        out[threadIdx.x] = tile[threadIdx.x + 1];
      }
      extern "C" __global__ void dynamic(float* out, const float* in) {
        extern __shared__ float room[];
        room[threadIdx.x] = in[threadIdx.x]; // dynamic
      }
      extern "C" __global__ void left(float* out, const float* in) {
        if (threadIdx.x == 63) return;
        __syncthreads(); // left
        out[threadIdx.x] = in[threadIdx.x];
      }
      extern "C" __global__ void apart(float* out, const float* in) {
        if (threadIdx.x < 32) {
          __syncthreads(); // apart
        } else {
          __syncthreads();
        }
      }
      extern "C" __global__ void lanes(float* out, const float* in) {
        float x = in[threadIdx.x];
        if (threadIdx.x < 16) {
          x += __shfl_down_sync(0xffffu, x, 8, 16);
        } else {
          __syncthreads(); // lanes
        }
        __syncthreads();
      }
      extern "C" __global__ void unset(float* out, const float* in) {
        __shared__ float tile[64];
        if (threadIdx.x < 32) tile[threadIdx.x] = in[threadIdx.x];
        __syncthreads();
        out[threadIdx.x] = tile[threadIdx.x]; // unset
      }
      extern "C" __global__ void fresh(float* out, const float* in) {
        out[threadIdx.x] += in[threadIdx.x]; // fresh
      }
      extern "C" __global__ void skewed(float* out, const float* in) {
        *(float2*)(out + 1) = *(const float2*)in; // skewed
      }
      __device__ __forceinline__ float helper(const float* p) {
        return p[200]; // inlined
      }
      extern "C" __global__ void inlined(float* out, const float* in) {
        out[threadIdx.x] = helper(in);
      }
      extern "C" __global__ void mask(float* out, const float* in) {
        out[threadIdx.x] = __shfl_sync(0x1u, in[threadIdx.x], 0); // mask
      }
      extern "C" __global__ void stopped(float* out, const float* in) {
        assert(in[threadIdx.x] < 0); // stopped
      }
      """;

  private static final String RIGHT =
      """
      // Every block writes a part, the last one to be done adds them up.
      extern "C" __global__ void last(float* out, float* parts, unsigned int* done) {
        __shared__ bool is_last;
        if (threadIdx.x == 0) {
          parts[blockIdx.x] = blockIdx.x + 1;
          __threadfence();
          is_last = atomicInc(done, gridDim.x - 1) == gridDim.x - 1;
        }
        __syncthreads();
        if (is_last && threadIdx.x == 0) {
          float sum = 0;
          for (int i = 0; i < gridDim.x; i++) sum += parts[i];
          *out = sum;
        }
      }
      extern "C" __global__ void ordered(float* out, const float* in) {
        __shared__ float tile[2][64];
        for (int i = 0; i < 4; i++) {
          float* now = tile[i & 1];
          now[threadIdx.x] = in[threadIdx.x] + i;
          __syncthreads();
          out[threadIdx.x] = now[63 - threadIdx.x];
        }
        __syncthreads();
        volatile float* warp = tile[0] + threadIdx.x / 32 * 32;
        int lane = threadIdx.x % 32;
        warp[lane] = out[threadIdx.x];
        __syncwarp();
        float other = warp[31 - lane];
        __syncwarp();
        warp[lane] = other;
      }
      // Neighbours share four bytes, and a thread's copy is of twelve.
      struct Twelve {
        float a, b, c;
      };
      extern "C" __global__ void small(
          unsigned char* out, const unsigned char* in, Twelve* to, const Twelve* from) {
        __shared__ unsigned char turned[64];
        turned[63 - threadIdx.x] = in[threadIdx.x];
        __syncthreads();
        out[threadIdx.x] = turned[threadIdx.x];
        to[threadIdx.x] = from[threadIdx.x];
      }
      """;

  private CUmodule module;

  @BeforeEach
  void open() {
    StandInKernels.open();
    StandIn.clear();
    module = module("planted.cu", PLANTED);
  }

  @AfterEach
  void forget() {
    StandIn.clear();
  }

  private static int line(String comment) {
    return (int) PLANTED.substring(0, PLANTED.indexOf("// " + comment + "\n")).lines().count();
  }

  static Stream<Arguments> planted() {
    int address = CUDA_ERROR_ILLEGAL_ADDRESS;
    int failed = CUDA_ERROR_LAUNCH_FAILED;
    return Stream.of(
        Arguments.of("race", 1, failed, "race: ", "shared variable race::tile"),
        Arguments.of("overwritten", 1, failed, "race: ", "shared variable overwritten::tile"),
        Arguments.of("warps", 1, failed, "race: ", "with no barrier between"),
        Arguments.of("blocks", 2, failed, "race: ", "blocks have no order"),
        Arguments.of("lost", 1, failed, "race: ", "of allocation"),
        Arguments.of("bound", 2, address, "out of bounds: ", "0 bytes past the end of allocation"),
        Arguments.of("before", 1, address, "out of bounds: ", "4 bytes before allocation"),
        Arguments.of("past", 1, address, "out of bounds: ", "past the end of shared variable"),
        Arguments.of("dynamic", 1, address, "out of bounds: ", "dynamic shared memory of 128"),
        Arguments.of("left", 1, failed, "divergent barrier: ", "thread (63,0,0) has ended"),
        Arguments.of("apart", 1, failed, "divergent barrier: ", "waits at the barrier at"),
        Arguments.of("lanes", 1, failed, "divergent barrier: ", "waits at the barrier at"),
        Arguments.of("unset", 1, failed, "uninitialised read: ", "byte 128 of shared variable"),
        Arguments.of("fresh", 1, failed, "uninitialised read: ", "byte 0 of allocation"),
        Arguments.of("skewed", 1, CUDA_ERROR_MISALIGNED_ADDRESS, "misaligned: ", "byte 4 of"),
        Arguments.of("inlined", 1, address, "out of bounds: ", ", called at planted.cu"),
        Arguments.of("mask", 1, failed, "wrong mask: ", "whose mask does not name it"),
        Arguments.of("stopped", 1, CUDA_ERROR_ASSERT, "assertion", "in[threadIdx.x] < 0"));
  }

  @ParameterizedTest
  @MethodSource
  void planted(String kernel, int blocks, int status, String kind, String says) {
    CUdeviceptr out = allocate(4 * 64);
    if (kernel.equals("lost")) {
      ok(cuMemsetD32(out, 0, 64));
    }
    assertEquals(
        status, run(function(module, kernel), blocks, 64, 128, out, device(new float[64])));
    // A race is often an uninitialised read too; the line of its own kind is looked at.
    String report = StandIn.report();
    String finding = report.lines().filter(line -> line.startsWith(kind)).findFirst().orElse("");
    String place = "planted.cu:" + line(kernel);
    for (String part : new String[] {"kernel " + kernel + ", ", place, says}) {
      assertTrue(finding.contains(part), () -> "expected " + part + " in " + report);
    }
  }

  @Test
  void useAfterFree() {
    CUdeviceptr in = device(new float[64]);
    ok(cuMemFree(in));
    assertEquals(
        CUDA_ERROR_ILLEGAL_ADDRESS, run(function(module, "race"), 1, 64, 0, allocate(256), in));
    String report = StandIn.report();
    assertTrue(report.startsWith("use after free: kernel race, "), report);
    assertTrue(report.contains("planted.cu:3: byte 0 of allocation"), report);
    assertTrue(report.contains("of 256 bytes, which was freed"), report);
  }

  @Test
  void hostMemoryIsNotTheDevices() {
    assertEquals(
        CUDA_ERROR_ILLEGAL_ADDRESS,
        run(function(module, "fresh"), 1, 64, 0, device(new float[64]), new long[] {0}));
    assertTrue(StandIn.report().contains("a null pointer"), StandIn.report());
  }

  @Test
  void whatNothingWroteIsNotCopiedToTheHost() {
    CUdeviceptr out = allocate(8);
    ok(cuMemsetD32(out, 1, 1));
    assertEquals(CUDA_ERROR_LAUNCH_FAILED, cuMemcpyDtoH(Pointer.to(new int[2]), out, 8));
    assertTrue(StandIn.report().contains("byte 4 of allocation"), StandIn.report());
  }

  @Test
  void unwatchedKernelsComputeTheSameAndAreNotWatched() {
    CUdeviceptr in = device(new float[64]);
    CUdeviceptr out = allocate(256);
    StandIn.watch(false);
    try {
      CUmodule right = module("right.cu", RIGHT);
      ok(run(function(right, "last"), 5, 32, 0, out, allocate(20), device(0)));
      assertEquals(15, floats(out, 1)[0]);
      ok(run(function(module("planted.cu", PLANTED), "race"), 1, 64, 0, out, in));
      // A block that is stuck is stuck in any case.
      assertEquals(
          CUDA_ERROR_LAUNCH_FAILED,
          run(function(module("planted.cu", PLANTED), "left"), 1, 64, 0, out, in));
    } finally {
      StandIn.watch(true);
    }
    StandIn.clear();
    ok(run(function(module, "blocks"), 1, 64, 0, out, in));
    assertEquals(CUDA_ERROR_LAUNCH_FAILED, run(function(module, "race"), 1, 64, 0, out, in));
  }

  @Test
  void anErrorIsToldOnceAndTheNextLaunchGoesOn() {
    CUdeviceptr in = device(new float[64]);
    CUdeviceptr out = allocate(256);
    assertEquals(CUDA_ERROR_LAUNCH_FAILED, run(function(module, "left"), 1, 64, 0, out, in));
    StandIn.clear();
    ok(run(function(module, "blocks"), 1, 64, 0, out, in));
    assertEquals("", StandIn.report());
  }

  @Test
  void ordersThatHoldAreSeen() {
    CUmodule right = module("right.cu", RIGHT);
    CUdeviceptr out = allocate(256);
    ok(run(function(right, "last"), 5, 32, 0, out, allocate(20), device(0)));
    assertEquals(15, floats(out, 1)[0]);
    ok(run(function(right, "ordered"), 1, 64, 0, out, device(new float[64])));
    CUdeviceptr from = device(new float[3 * 64]);
    ok(run(function(right, "small"), 1, 64, 0, allocate(64), out, allocate(3 * 256), from));
    assertEquals("", StandIn.report());
  }
}

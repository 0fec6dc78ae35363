package scoria.kernels.cuda;

import static jcuda.driver.CUresult.*;
import static jcuda.driver.JCudaDriver.*;
import static jcuda.nvrtc.JNvrtc.*;
import static org.junit.jupiter.api.Assertions.*;
import static scoria.kernels.cuda.StandInKernels.*;

import java.nio.charset.StandardCharsets;
import jcuda.Pointer;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.CUstream;
import jcuda.driver.CUstream_flags;
import jcuda.nvrtc.nvrtcProgram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kernels of every kind run right behind real calls of JCuda, and the watch has nothing to say. */
class StandInDriverTest {
  private static final String KERNELS =
      """
      extern "C" __global__ void add(float* out, const float* a, float b, int n) {
        int i = blockIdx.x * blockDim.x + threadIdx.x;
        if (i < n) out[i] = a[i] + b;
      }
      extern "C" __global__ void __launch_bounds__(128) turn(float* out, const float* in) {
        __shared__ float tile[128];
        tile[threadIdx.x] = in[blockIdx.x * blockDim.x + threadIdx.x];
        __syncthreads();
        out[blockIdx.x * blockDim.x + threadIdx.x] = tile[blockDim.x - 1 - threadIdx.x];
      }
      extern "C" __global__ void sums(float* out, const float* in) {
        extern __shared__ float warps[];
        float x = in[blockIdx.x * blockDim.x + threadIdx.x];
        for (int d = 16; d > 0; d >>= 1) x += __shfl_down_sync(0xffffffffu, x, d);
        if (threadIdx.x % 32 == 0) warps[threadIdx.x / 32] = x;
        __syncthreads();
        if (threadIdx.x == 0) {
          float sum = 0;
          for (int w = 0; w < blockDim.x / 32; w++) sum += warps[w];
          out[blockIdx.x] = sum;
        }
      }
      extern "C" __global__ void votes(unsigned int* out, const int* in) {
        int x = in[threadIdx.x];
        unsigned int ballot = __ballot_sync(0xffffffffu, x > 3);
        if (threadIdx.x == 0) {
          out[0] = ballot;
        }
        int any = __any_sync(0xffffffffu, x == 7), all = __all_sync(0xffffffffu, x >= 0);
        int other = __shfl_xor_sync(0xffffffffu, x, 1), first = __shfl_sync(0xffffffffu, x, 5);
        if (threadIdx.x == 2) {
          out[1] = any;
          out[2] = all;
          out[3] = other;
          out[4] = first;
        }
      }
      extern "C" __global__ void count(int* bins, const int* in, int n) {
        for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
          atomicAdd(&bins[in[i]], 1);
        }
      }
      __device__ int global = 3;
      __constant__ float factors[2] = {2, 4};
      extern "C" __global__ void globals(float* out) {
        out[threadIdx.x] = factors[threadIdx.x] * global;
      }
      struct Pair {
        double a;
        int b;
      };
      template <class T>
      __device__ T twice(T x) {
        return x + x;
      }
      extern "C" __global__ void wide(float4* out, const float4* in, Pair pair) {
        float4 v = in[threadIdx.x];
        v.x = fmaf(v.x, (float)pair.a, v.y);
        v.w = twice(v.w) + __int_as_float(__float_as_int((float)pair.b));
        out[threadIdx.x] = v;
      }
      """;

  private CUmodule module;

  @BeforeEach
  void open() {
    StandInKernels.open();
    StandIn.clear();
    module = module("kernels.cu", KERNELS);
  }

  private void quiet(int status) {
    ok(status);
    assertEquals("", StandIn.report());
  }

  private static float[] ramp(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = i + 1;
    }
    return values;
  }

  @Test
  void deviceSaysWhatItIs() {
    int[] number = new int[1];
    ok(cuDeviceGetCount(number));
    assertEquals(1, number[0]);
    CUdevice device = new CUdevice();
    ok(cuDeviceGet(device, 0));
    byte[] name = new byte[100];
    ok(cuDeviceGetName(name, name.length, device));
    assertTrue(new String(name, StandardCharsets.UTF_8).startsWith("Scoria stand-in"));
    ok(cuDeviceGetAttribute(number, 75, device));
    assertEquals(8, number[0]);
    assertEquals(CUDA_ERROR_INVALID_DEVICE, cuDeviceGet(device, 1));
  }

  @Test
  void elementsAreAdded() {
    CUdeviceptr in = device(ramp(1000));
    CUdeviceptr out = allocate(4000);
    quiet(run(function(module, "add"), 8, 128, 0, out, in, new float[] {0.5f}, new int[] {1000}));
    float[] got = floats(out, 1000);
    for (int i = 0; i < 1000; i++) {
      assertEquals(i + 1.5f, got[i]);
    }
  }

  @Test
  void barriersAndSharedMemory() {
    CUdeviceptr out = allocate(4 * 256);
    quiet(run(function(module, "turn"), 2, 128, 0, out, device(ramp(256))));
    float[] got = floats(out, 256);
    for (int i = 0; i < 256; i++) {
      assertEquals(i / 128 * 128 + 128 - i % 128, got[i]);
    }
  }

  @Test
  void shufflesAndDynamicSharedMemory() {
    CUdeviceptr out = allocate(12);
    quiet(run(function(module, "sums"), 3, 256, 32, out, device(ramp(768))));
    assertArrayEquals(new float[] {32896, 98432, 163968}, floats(out, 3));
  }

  @Test
  void votes() {
    int[] in = new int[32];
    for (int i = 0; i < 32; i++) {
      in[i] = i % 8;
    }
    CUdeviceptr out = allocate(20);
    quiet(run(function(module, "votes"), 1, 32, 0, out, device(in)));
    assertArrayEquals(new int[] {0xf0f0f0f0, 1, 1, 3, 5}, ints(out, 5));
  }

  @Test
  void atomics() {
    int[] in = new int[1000];
    for (int i = 0; i < 1000; i++) {
      in[i] = i * i % 5;
    }
    CUdeviceptr bins = device(new int[5]);
    quiet(run(function(module, "count"), 4, 64, 0, bins, device(in), new int[] {1000}));
    assertArrayEquals(new int[] {200, 400, 0, 0, 400}, ints(bins, 5));
  }

  @Test
  void variablesOfTheDevice() {
    CUdeviceptr at = new CUdeviceptr();
    long[] bytes = new long[1];
    ok(cuModuleGetGlobal(at, bytes, module, "factors"));
    assertEquals(8, bytes[0]);
    ok(cuMemcpyHtoD(at, Pointer.to(new float[] {5, 7}), 8));
    CUdeviceptr out = allocate(8);
    quiet(run(function(module, "globals"), 1, 2, 0, out));
    assertArrayEquals(new float[] {15, 21}, floats(out, 2));
  }

  @Test
  void structsAndVectorsAsArguments() {
    CUdeviceptr out = allocate(32);
    long[] pair = {Double.doubleToRawLongBits(3), 10};
    quiet(run(function(module, "wide"), 1, 2, 0, out, device(ramp(8)), pair));
    assertArrayEquals(new float[] {5, 2, 3, 18, 21, 6, 7, 26}, floats(out, 8));
  }

  @Test
  void fillsAndCopies() {
    CUdeviceptr a = allocate(64);
    CUdeviceptr b = allocate(64);
    ok(cuMemsetD32(a, 0x01020304, 16));
    ok(cuMemsetD8(a.withByteOffset(4), (byte) 7, 4));
    ok(cuMemcpyDtoD(b, a, 64));
    int[] got = ints(b, 3);
    assertArrayEquals(new int[] {0x01020304, 0x07070707, 0x01020304}, got);
    assertEquals("", StandIn.report());
  }

  @Test
  void pinnedMemoryIsReadWhenItsTurnComes() {
    CUstream stream = new CUstream();
    ok(cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING));
    Pointer pinned = new Pointer();
    ok(cuMemHostAlloc(pinned, 4, 0));
    pinned.getByteBuffer(0, 4).order(java.nio.ByteOrder.nativeOrder()).putInt(0, 1);
    CUdeviceptr a = device(0);
    ok(cuMemcpyHtoDAsync(a, pinned, 4, stream));
    pinned.getByteBuffer(0, 4).order(java.nio.ByteOrder.nativeOrder()).putInt(0, 2);
    CUevent event = new CUevent();
    ok(cuEventCreate(event, 0));
    ok(cuEventRecord(event, stream));
    ok(cuEventSynchronize(event));
    assertArrayEquals(new int[] {2}, ints(a, 1));
    ok(cuEventDestroy(event));
    ok(cuStreamDestroy(stream));
    ok(cuMemFreeHost(pinned));
  }

  @Test
  void whatADriverRefuses() {
    CUdeviceptr in = device(ramp(4));
    CUfunction add = function(module, "add");
    Object[] arguments = {in, in, new float[] {0}, new int[] {4}};
    assertEquals(CUDA_ERROR_INVALID_VALUE, run(add, 1, 1025, 0, arguments));
    assertEquals(CUDA_ERROR_INVALID_VALUE, run(add, 0, 32, 0, arguments));
    assertEquals(CUDA_ERROR_INVALID_VALUE, run(add, 1, 32, 49153, arguments));
    ok(cuFuncSetAttribute(add, 8, 60000));
    ok(run(add, 1, 32, 49153, arguments));
    assertEquals(
        CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES, run(function(module, "turn"), 1, 256, 0, in, in));
    assertEquals(CUDA_ERROR_INVALID_VALUE, cuMemAlloc(new CUdeviceptr(), 0));
    assertEquals(CUDA_ERROR_OUT_OF_MEMORY, cuMemAlloc(new CUdeviceptr(), 1L << 40));
    assertEquals(CUDA_ERROR_INVALID_VALUE, cuMemcpyHtoD(in, Pointer.to(ramp(5)), 20));
    ok(cuMemFree(in));
    assertEquals(CUDA_ERROR_INVALID_VALUE, cuMemFree(in));
    assertEquals(CUDA_ERROR_NOT_FOUND, cuModuleGetFunction(add, module, "nothing"));
    assertEquals(CUDA_ERROR_NOT_SUPPORTED, cuMemAllocManaged(in, 4, 1));
    assertEquals("", StandIn.report());
  }

  @Test
  void aThreadWithoutContextIsRefused() throws InterruptedException {
    int[] status = new int[1];
    Thread thread = new Thread(() -> status[0] = cuMemAlloc(new CUdeviceptr(), 4));
    thread.start();
    thread.join();
    assertEquals(CUDA_ERROR_INVALID_CONTEXT, status[0]);
  }

  @Test
  void templatesAreNamedByExpressions() {
    nvrtcProgram program = new nvrtcProgram();
    String source =
        """
        #include "twice.cuh"
        template <class T>
        __global__ void scale(T* p) {
          __shared__ T tile[32];
          tile[threadIdx.x] = TIMES * p[threadIdx.x];
          p[threadIdx.x] = tile[threadIdx.x];
        }
        """;
    String[] header = {"#define TIMES FACTOR\n"};
    ok(nvrtcCreateProgram(program, source, "scale.cu", 1, header, new String[] {"twice.cuh"}));
    nvrtcAddNameExpression(program, "scale<float>");
    nvrtcAddNameExpression(program, "scale<int>");
    String[] log = new String[1];
    int status = nvrtcCompileProgram(program, 1, new String[] {"-DFACTOR=3"});
    nvrtcGetProgramLog(program, log);
    assertEquals(0, status, log[0]);
    String[] name = new String[1];
    ok(nvrtcGetLoweredName(program, "scale<int>", name));
    String[] ptx = new String[1];
    ok(nvrtcGetPTX(program, ptx));
    ok(nvrtcDestroyProgram(program));
    ok(cuModuleLoadData(module, ptx[0]));
    CUdeviceptr numbers = device(4, 5);
    quiet(run(function(module, name[0]), 1, 2, 0, numbers));
    assertArrayEquals(new int[] {12, 15}, ints(numbers, 2));
    assertEquals(CUDA_ERROR_NOT_FOUND, cuModuleGetFunction(new CUfunction(), module, "scale"));
  }

  @Test
  void compilerSpeaks() {
    Compiled wrong =
        compile("wrong.cu", "extern \"C\" __global__ void k(int* p) {\n  *p = q;\n}\n");
    assertEquals(6, wrong.status());
    assertTrue(wrong.log().contains("wrong.cu") && wrong.log().contains("q"), wrong.log());
    assertEquals(5, compile("k.cu", "", "--no-such-option").status());
    assertEquals(CUDA_ERROR_INVALID_IMAGE, cuModuleLoadData(new CUmodule(), "no PTX"));
  }
}

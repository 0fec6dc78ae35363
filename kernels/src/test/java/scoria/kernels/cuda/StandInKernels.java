package scoria.kernels.cuda;

import static jcuda.driver.JCudaDriver.cuCtxSetCurrent;
import static jcuda.driver.JCudaDriver.cuDeviceGet;
import static jcuda.driver.JCudaDriver.cuDevicePrimaryCtxRetain;
import static jcuda.driver.JCudaDriver.cuInit;
import static jcuda.driver.JCudaDriver.cuLaunchKernel;
import static jcuda.driver.JCudaDriver.cuMemAlloc;
import static jcuda.driver.JCudaDriver.cuMemcpyDtoH;
import static jcuda.driver.JCudaDriver.cuMemcpyHtoD;
import static jcuda.driver.JCudaDriver.cuModuleGetFunction;
import static jcuda.driver.JCudaDriver.cuModuleLoadData;
import static jcuda.driver.JCudaDriver.cuStreamSynchronize;
import static jcuda.nvrtc.JNvrtc.nvrtcCompileProgram;
import static jcuda.nvrtc.JNvrtc.nvrtcCreateProgram;
import static jcuda.nvrtc.JNvrtc.nvrtcDestroyProgram;
import static jcuda.nvrtc.JNvrtc.nvrtcGetPTX;
import static jcuda.nvrtc.JNvrtc.nvrtcGetProgramLog;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import jcuda.NativePointerObject;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.nvrtc.nvrtcProgram;
import org.jspecify.annotations.Nullable;

/** What the tests of the stand-in do again and again, in plain calls of JCuda. */
final class StandInKernels {
  static final @Nullable CUstream STREAM = null;

  private StandInKernels() {}

  /** Opens the device for this thread. */
  static void open() {
    StandIn.load();
    CudaNatives.loadDriver();
    CudaNatives.loadCompiler();
    ok(cuInit(0));
    CUdevice device = new CUdevice();
    ok(cuDeviceGet(device, 0));
    CUcontext context = new CUcontext();
    ok(cuDevicePrimaryCtxRetain(context, device));
    ok(cuCtxSetCurrent(context));
  }

  static void ok(int status) {
    assertEquals("CUDA_SUCCESS", CUresult.stringFor(status), StandIn::report);
  }

  /** What the compiler says of a source. */
  record Compiled(int status, String log, String ptx) {}

  static Compiled compile(String name, String source, String... options) {
    nvrtcProgram program = new nvrtcProgram();
    ok(nvrtcCreateProgram(program, source, name, 0, null, null));
    int status = nvrtcCompileProgram(program, options.length, options);
    String[] log = new String[1];
    nvrtcGetProgramLog(program, log);
    String[] ptx = new String[1];
    if (status == 0) {
      ok(nvrtcGetPTX(program, ptx));
    }
    ok(nvrtcDestroyProgram(program));
    return new Compiled(status, String.valueOf(log[0]), String.valueOf(ptx[0]));
  }

  static CUmodule module(String name, String source) {
    Compiled compiled = compile(name, source, "--gpu-architecture=compute_80", "--fmad=false");
    assertEquals(0, compiled.status(), compiled.log());
    CUmodule module = new CUmodule();
    ok(cuModuleLoadData(module, compiled.ptx()));
    return module;
  }

  static CUfunction function(CUmodule module, String name) {
    CUfunction function = new CUfunction();
    ok(cuModuleGetFunction(function, module, name));
    return function;
  }

  /**
   * Launches, waits, and gives the status of the one that failed, or 0. Arguments: device pointers,
   * int[], float[], double[], long[].
   */
  static int run(CUfunction function, int blocks, int threads, int shared, Object... arguments) {
    int launched = launch(function, blocks, threads, shared, STREAM, arguments);
    return launched != 0 ? launched : cuStreamSynchronize(STREAM);
  }

  static int launch(
      CUfunction function,
      int blocks,
      int threads,
      int shared,
      @Nullable CUstream stream,
      Object... arguments) {
    NativePointerObject[] pointers =
        Arrays.stream(arguments).map(StandInKernels::argument).toArray(NativePointerObject[]::new);
    return cuLaunchKernel(
        function, blocks, 1, 1, threads, 1, 1, shared, stream, Pointer.to(pointers), null);
  }

  private static Pointer argument(Object value) {
    return switch (value) {
      case CUdeviceptr address -> Pointer.to(address);
      case int[] number -> Pointer.to(number);
      case long[] number -> Pointer.to(number);
      case float[] number -> Pointer.to(number);
      case double[] number -> Pointer.to(number);
      default -> throw new IllegalArgumentException("no argument: " + value);
    };
  }

  static CUdeviceptr allocate(long bytes) {
    CUdeviceptr address = new CUdeviceptr();
    ok(cuMemAlloc(address, bytes));
    return address;
  }

  static CUdeviceptr device(float... values) {
    CUdeviceptr address = allocate(4L * values.length);
    ok(cuMemcpyHtoD(address, Pointer.to(values), 4L * values.length));
    return address;
  }

  static CUdeviceptr device(int... values) {
    CUdeviceptr address = allocate(4L * values.length);
    ok(cuMemcpyHtoD(address, Pointer.to(values), 4L * values.length));
    return address;
  }

  static float[] floats(CUdeviceptr address, int count) {
    float[] values = new float[count];
    ok(cuMemcpyDtoH(Pointer.to(values), address, 4L * count));
    return values;
  }

  static int[] ints(CUdeviceptr address, int count) {
    int[] values = new int[count];
    ok(cuMemcpyDtoH(Pointer.to(values), address, 4L * count));
    return values;
  }
}

package scoria.kernels.cuda;

import static jcuda.nvrtc.JNvrtc.nvrtcCompileProgram;
import static jcuda.nvrtc.JNvrtc.nvrtcCreateProgram;
import static jcuda.nvrtc.JNvrtc.nvrtcDestroyProgram;
import static jcuda.nvrtc.JNvrtc.nvrtcGetNumSupportedArchs;
import static jcuda.nvrtc.JNvrtc.nvrtcGetPTX;
import static jcuda.nvrtc.JNvrtc.nvrtcGetProgramLog;
import static jcuda.nvrtc.JNvrtc.nvrtcGetSupportedArchs;
import static jcuda.nvrtc.JNvrtc.nvrtcVersion;

import java.nio.file.Path;
import java.util.Arrays;
import jcuda.nvrtc.nvrtcProgram;
import jcuda.nvrtc.nvrtcResult;
import scoria.kernels.cuda.CudaDriver.Found;

/** NVRTC, which compiles kernels for one device, with the results kept in files. */
final class KernelCompiler {
  private final String[] options;
  private final String version;
  private final KernelCache cache;

  private KernelCompiler(String[] options, String version, KernelCache cache) {
    this.cache = cache;
    this.options = options;
    this.version = version;
  }

  static KernelCompiler of(Found device, Path cache) {
    int[] major = new int[1];
    int[] minor = new int[1];
    CudaNatives.loadCompiler();
    Check.compiler(nvrtcVersion(major, minor), "asking for the compiler's version");
    return new KernelCompiler(
        new String[] {
          "--gpu-architecture=compute_" + architecture(10 * device.major() + device.minor()),
          "--std=c++17",
          // A multiply and an add stay two roundings: the same bits as on the CPU.
          "--fmad=false",
          "--ftz=false",
          "--prec-div=true",
          "--prec-sqrt=true"
        },
        "nvrtc " + major[0] + "." + minor[0],
        new KernelCache(cache));
  }

  /** The newest architecture that the compiler knows and the device runs. */
  private static int architecture(int device) {
    int[] count = new int[1];
    Check.compiler(nvrtcGetNumSupportedArchs(count), "asking for the compiler's architectures");
    int[] known = new int[count[0]];
    Check.compiler(nvrtcGetSupportedArchs(known), "asking for the compiler's architectures");
    return Arrays.stream(known)
        .filter(arch -> arch <= device)
        .max()
        .orElseThrow(
            () ->
                new CudaFailure(
                    "the CUDA compiler knows the architectures "
                        + Arrays.toString(known)
                        + " and none that a device of "
                        + device
                        + " runs"));
  }

  /** What the cache holds for a source, or else what the compiler makes of it. */
  String cached(KernelSource source) {
    String code = cache.read(key(source));
    return code != null ? code : compiled(source);
  }

  /** What the compiler makes of a source; it is put into the cache. */
  String compiled(KernelSource source) {
    nvrtcProgram program = new nvrtcProgram();
    String[] headers =
        Arrays.stream(KernelSource.HEADERS).map(KernelSource::read).toArray(String[]::new);
    Check.compiler(
        nvrtcCreateProgram(
            program, source.text(), source.name(), headers.length, headers, KernelSource.HEADERS),
        "giving " + source.name() + " to the compiler");
    try {
      int status = nvrtcCompileProgram(program, options.length, options);
      if (status != nvrtcResult.NVRTC_SUCCESS) {
        String[] log = new String[1];
        nvrtcGetProgramLog(program, log);
        throw new CudaFailure(
            nvrtcResult.stringFor(status)
                + " while compiling "
                + source.name()
                + ":\n"
                + (log[0] == null ? "(no log)" : log[0].strip()));
      }
      String[] code = new String[1];
      Check.compiler(nvrtcGetPTX(program, code), "fetching what " + source.name() + " became");
      cache.write(key(source), code[0]);
      return code[0];
    } finally {
      nvrtcDestroyProgram(program);
    }
  }

  String key(KernelSource source) {
    return source.key(version, String.join(" ", options));
  }
}

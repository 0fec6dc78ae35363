package scoria.kernels.cuda;

import static jcuda.driver.JCudaDriver.cuDeviceGet;
import static jcuda.driver.JCudaDriver.cuDeviceGetAttribute;
import static jcuda.driver.JCudaDriver.cuDeviceGetCount;
import static jcuda.driver.JCudaDriver.cuDeviceGetName;
import static jcuda.driver.JCudaDriver.cuDeviceTotalMem;
import static jcuda.driver.JCudaDriver.cuDriverGetVersion;
import static jcuda.driver.JCudaDriver.cuInit;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUresult;
import scoria.kernels.cuda.CudaDriver.Found;
import scoria.kernels.cuda.CudaDriver.Missing;
import scoria.kernels.cuda.CudaDriver.Probe;

/** Asks for a GPU, and turns whatever goes wrong into one line. */
final class DriverProbe {
  /** What the dynamic linker says of a library that a library needs. */
  private static final Pattern NOT_THERE =
      Pattern.compile("(lib[\\w.+-]+): cannot open shared object file");

  /** What it says of a driver that is older than the bindings. */
  private static final Pattern NOT_IN = Pattern.compile("undefined symbol: (cu\\w+)");

  private DriverProbe() {}

  // Whatever goes wrong in a foreign library is a reason, not this process's end.
  @SuppressWarnings("CatchAndPrintStackTrace")
  static Probe run() {
    try {
      String system = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
      if (!system.equals("Linux on amd64")) {
        return new Missing("CUDA is supported on Linux on amd64 only; this is " + system);
      }
      CudaNatives.loadDriver();
      Probe answer = ask();
      if (answer instanceof Found) {
        // What a device cannot be used without: better missed now than in the middle of work.
        CudaNatives.loadCompiler();
        CudaNatives.loadBlas();
      }
      return answer;
    } catch (LinkageError e) {
      return new Missing(linkage(e));
    } catch (CudaFailure e) {
      return new Missing(oneLine(String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      return new Missing("looking for a GPU failed: " + oneLine(e.toString()));
    }
  }

  private static Probe ask() {
    int status = cuInit(0);
    if (status == CUresult.CUDA_ERROR_NO_DEVICE) {
      return new Missing("the CUDA driver is here, but it finds no GPU (CUDA_ERROR_NO_DEVICE)");
    }
    Check.driver(status, "starting the CUDA driver");
    int[] answer = new int[1];
    Check.driver(cuDriverGetVersion(answer), "asking for the driver's version");
    int version = answer[0];
    if (version < CudaDriver.OLDEST_DRIVER) {
      return new Missing(
          "the driver supports CUDA %s; CUDA %s or newer is needed: update the NVIDIA driver"
              .formatted(dotted(version), dotted(CudaDriver.OLDEST_DRIVER)));
    }
    Check.driver(cuDeviceGetCount(answer), "counting devices");
    if (answer[0] == 0) {
      return new Missing("the CUDA driver is here, but it finds no GPU");
    }
    CUdevice device = new CUdevice();
    Check.driver(cuDeviceGet(device, 0), "looking up the device");
    byte[] name = new byte[256];
    Check.driver(cuDeviceGetName(name, name.length, device), "asking for the device's name");
    long[] memory = new long[1];
    Check.driver(cuDeviceTotalMem(memory, device), "asking for the device's memory");
    return new Found(
        text(name),
        attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, device),
        attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, device),
        memory[0],
        version);
  }

  private static int attribute(int attribute, CUdevice device) {
    int[] answer = new int[1];
    Check.driver(
        cuDeviceGetAttribute(answer, attribute, device), "asking for the compute capability");
    return answer[0];
  }

  private static String text(byte[] zeroEnded) {
    int end = 0;
    while (end < zeroEnded.length && zeroEnded[end] != 0) {
      end++;
    }
    return new String(zeroEnded, 0, end, StandardCharsets.UTF_8);
  }

  private static String dotted(int version) {
    return version / 1000 + "." + version % 1000 / 10;
  }

  static String linkage(LinkageError e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage());
    Matcher notIn = NOT_IN.matcher(message);
    if (notIn.find()) {
      return "the NVIDIA driver is too old: it has no " + notIn.group(1);
    }
    Matcher notThere = NOT_THERE.matcher(message);
    if (!notThere.find()) {
      return "the CUDA bindings did not load: " + oneLine(message);
    }
    String library = notThere.group(1);
    return library.equals("libcuda.so.1")
        ? "no NVIDIA driver: libcuda.so.1 was not found"
        : "the CUDA bindings need "
            + library
            + ", which was not found: it comes with a CUDA toolkit of version 12";
  }

  private static String oneLine(String message) {
    return message.strip().lines().findFirst().orElse("");
  }
}

package scoria.kernels.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import jcuda.driver.JCudaDriver;
import jcuda.jcublas.JCublas2;
import jcuda.nvrtc.JNvrtc;

/**
 * The libraries that join the bindings to CUDA. They lie in jars of their own, where the bindings
 * find them from the class path but not from the module path, one module's class not seeing
 * another's files; so they are copied out here. The bindings look in {@code java.io.tmpdir} before
 * they look into a jar: they are shown our own folder there while they load, never the shared one,
 * where anybody could have put a file of that name.
 */
final class CudaNatives {
  private static final String SUFFIX = "-12.6.0-linux-x86_64.so";

  private CudaNatives() {}

  /** Loads the driver's bindings, after which the driver's calls can be made. */
  static void loadDriver() {
    Driver.load();
  }

  /** Loads the compiler's bindings. */
  static void loadCompiler() {
    Compiler.load();
  }

  /** Loads cuBLAS's bindings. */
  static void loadBlas() {
    Blas.load();
  }

  // A class each, so that each is loaded once, and a failure is the same at every try.

  private static final class Driver {
    static {
      loading("libJCudaDriver", () -> JCudaDriver.setExceptionsEnabled(false));
    }

    static void load() {}
  }

  private static final class Compiler {
    static {
      loading("libJNvrtc", () -> JNvrtc.setExceptionsEnabled(false));
    }

    static void load() {}
  }

  private static final class Blas {
    static {
      loading("libJCublas2", () -> JCublas2.setExceptionsEnabled(false));
    }

    static void load() {}
  }

  private static synchronized void loading(String library, Runnable firstCall) {
    Path folder = place(library + SUFFIX);
    String before = System.getProperty("java.io.tmpdir");
    System.setProperty("java.io.tmpdir", folder.toString());
    try {
      firstCall.run();
    } finally {
      if (before == null) {
        System.clearProperty("java.io.tmpdir");
      } else {
        System.setProperty("java.io.tmpdir", before);
      }
    }
  }

  /** Puts a library into a folder of ours, unless it is there, and gives the folder. */
  private static Path place(String file) {
    byte[] library = read(file);
    Path folder = CacheFolder.path().resolve("natives");
    try {
      Path kept = folder.resolve(file);
      if (!Files.isRegularFile(kept) || !Arrays.equals(Files.readAllBytes(kept), library)) {
        CacheFolder.write(folder, file, library);
      }
      return folder.toAbsolutePath();
    } catch (IOException | SecurityException e) {
      return placeForThisProcess(file, library);
    }
  }

  private static Path placeForThisProcess(String file, byte[] library) {
    try {
      Path folder = Files.createTempDirectory("scoria-natives");
      Path own = Files.write(folder.resolve(file), library);
      own.toFile().deleteOnExit();
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("no folder to put " + file + " into", e);
    }
  }

  private static byte[] read(String file) {
    // The file's folder is no package, and so every class loader's look-up finds it.
    try (InputStream in = CudaNatives.class.getClassLoader().getResourceAsStream("lib/" + file)) {
      if (in == null) {
        throw new UnsatisfiedLinkError(
            file
                + " is not on the module path or class path: add the jars jcuda-natives and"
                + " jcublas-natives of this system");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}

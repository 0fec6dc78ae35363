package scoria.kernels.cuda;

import static jcuda.driver.JCudaDriver.cuModuleGetFunction;
import static jcuda.driver.JCudaDriver.cuModuleLoadData;

import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;

/** Kernels that were compiled together and loaded. It stays loaded as long as the process lives. */
public final class CudaModule {
  private final CudaContext context;
  private final String name;
  private final CUmodule handle;
  private final ConcurrentHashMap<String, CudaFunction> functions = new ConcurrentHashMap<>();

  private CudaModule(CudaContext context, String name, CUmodule handle) {
    this.context = context;
    this.name = name;
    this.handle = handle;
  }

  /**
   * Compiles a source for the device, or takes what an earlier process left in the cache, and loads
   * it.
   *
   * @throws CudaFailure if it does not compile, with the compiler's log
   */
  public static CudaModule compile(CudaContext context, KernelSource source) {
    Path cache = CacheFolder.path().resolve("kernels");
    return load(context, KernelCompiler.of(context.device(), cache), source);
  }

  static CudaModule load(CudaContext context, KernelCompiler compiler, KernelSource source) {
    context.enter();
    String code = compiler.cached(source);
    CUmodule module = new CUmodule();
    if (cuModuleLoadData(module, code) != 0) {
      // What the cache held may be damaged, or from another driver: once more, from the source.
      code = compiler.compiled(source);
      Check.driver(cuModuleLoadData(module, code), "loading the kernels of " + source.name());
    }
    return new CudaModule(context, source.name(), module);
  }

  /**
   * A kernel.
   *
   * @param function its name, declared {@code extern "C"}
   * @throws IllegalArgumentException if the module has none of that name
   */
  public CudaFunction function(String function) {
    CudaFunction known = functions.get(function);
    return known != null ? known : functions.computeIfAbsent(function, this::find);
  }

  private CudaFunction find(String function) {
    context.enter();
    CUfunction found = new CUfunction();
    if (cuModuleGetFunction(found, handle, function) != 0) {
      throw new IllegalArgumentException("no kernel '" + function + "' in " + name);
    }
    return new CudaFunction(function, found);
  }
}

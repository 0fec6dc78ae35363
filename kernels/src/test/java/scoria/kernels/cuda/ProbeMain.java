package scoria.kernels.cuda;

/** Prints what the probe finds, for a test that looks at a process from outside. */
final class ProbeMain {
  private ProbeMain() {}

  public static void main(String[] args) {
    System.out.println(CudaDriver.probe());
    if (CudaDriver.probe() instanceof CudaDriver.Missing missing) {
      try {
        CudaContext.open();
      } catch (IllegalStateException e) {
        System.out.println(missing.reason().equals(e.getMessage()));
      }
    } else {
      CudaContext.open().module("pointwise").function("neg_f32");
      System.out.println("compiled");
    }
  }
}

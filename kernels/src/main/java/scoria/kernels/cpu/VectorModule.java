package scoria.kernels.cpu;

/**
 * Says in one line what to do when Java was started without the Vector API.
 *
 * <p>On the module path {@code scoria.kernels} brings it along. On the class path Java leaves an
 * incubating module out unless it is asked for, and the first kernel would fail with a {@link
 * NoClassDefFoundError} that does not say why.
 */
public final class VectorModule {
  private static final String NAME = "jdk.incubator.vector";

  private VectorModule() {}

  /**
   * Returns if the Vector API is there. To be called before the first kernel; a static initialiser
   * may do so, since an error, unlike an exception, leaves it as it is.
   *
   * @throws LinkageError if Java was started without the module {@code jdk.incubator.vector}
   */
  public static void require() {
    require(ModuleLayer.boot());
  }

  static void require(ModuleLayer layer) {
    if (layer.findModule(NAME).isEmpty()) {
      throw new LinkageError(
          "Scoria computes with Java's Vector API, which this Java was started without: add the"
              + " flag --add-modules "
              + NAME
              + " (on the module path no flag is needed)");
    }
  }
}

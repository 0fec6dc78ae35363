package scoria.engine.function;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;

/**
 * A family of composed functions: static methods, and a static method {@code cases()} that gives
 * their test points. Sealed, so that tests and documents find all of them and nobody lists them.
 */
public sealed interface Functions
    permits Activations,
        Arrangement,
        Attention,
        Blocks,
        Convolutions,
        Dropouts,
        Einsum,
        GridSampling,
        LogScale,
        Losses,
        MatrixFunctions,
        Normalization,
        Order,
        Pooling,
        Recurrent,
        Resize,
        Scattering,
        Regions,
        Spectra,
        Statistics {
  /**
   * The test points of all composed functions.
   *
   * @throws IllegalStateException if a family does not say its test points
   */
  static List<Composed> all() {
    List<Composed> cases = new ArrayList<>();
    for (Class<?> family : Functions.class.getPermittedSubclasses()) {
      try {
        for (Object item : (List<?>) family.getDeclaredMethod("cases").invoke(null)) {
          cases.add((Composed) item);
        }
      } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException(
            family.getSimpleName() + " needs a static method cases() that gives its test points",
            e);
      }
    }
    return cases;
  }
}

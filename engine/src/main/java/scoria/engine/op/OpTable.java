package scoria.engine.op;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/**
 * All operations, found through the sealed families and listed nowhere by hand: what tests,
 * benchmarks and documents go through.
 */
public final class OpTable {
  private OpTable() {}

  /** The enums and records that are operations, without those of users. */
  public static List<Class<?>> kinds() {
    List<Class<?>> kinds = new ArrayList<>();
    collect(Op.class, kinds);
    return kinds;
  }

  private static void collect(Class<?> type, List<Class<?>> kinds) {
    if (type == CustomOp.class) {
      return;
    }
    if (type.isSealed() && type.isInterface()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        collect(permitted, kinds);
      }
    } else {
      kinds.add(type);
    }
  }

  /**
   * The test points of all operations but updates.
   *
   * @throws IllegalStateException if a kind does not say its test points
   */
  public static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Class<?> kind : kinds()) {
      if (!Update.class.isAssignableFrom(kind)) {
        cases.addAll(cases(kind));
      }
    }
    return cases;
  }

  private static List<Case> cases(Class<?> kind) {
    try {
      Method method = kind.getDeclaredMethod("cases");
      List<Case> cases = new ArrayList<>();
      for (Object item : (List<?>) method.invoke(null)) {
        cases.add((Case) item);
      }
      return cases;
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(
          kind.getSimpleName() + " needs a static method cases() that gives its test points", e);
    }
  }
}

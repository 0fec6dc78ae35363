package scoria.bench.peers.parity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import scoria.engine.function.Composed;
import scoria.engine.function.Functions;
import scoria.engine.op.Case;
import scoria.engine.op.OpTable;

/**
 * Sees to it that nothing is left out unsaid: what is in the engine's tables has a pair, or a
 * reason why it has none.
 */
final class Coverage {
  private Coverage() {}

  /** The labels of operations that the engine tests. */
  static Set<String> ops() {
    Set<String> names =
        OpTable.cases().stream()
            .map(Case::op)
            .map(op -> op.label())
            .collect(Collectors.toCollection(TreeSet::new));
    return names;
  }

  /** What there is to compare: {@link #ops}, operations without test points, and functions. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>(ops());
    Set<Class<?>> tested =
        OpTable.cases().stream().map(c -> kind(c.op().getClass())).collect(Collectors.toSet());
    OpTable.kinds().stream()
        .filter(kind -> !tested.contains(kind))
        .map(Class::getSimpleName)
        .forEach(names::add);
    Functions.all().stream().map(Composed::function).forEach(names::add);
    return names;
  }

  /** A row of an enum with a body of its own has a class of its own. */
  private static Class<?> kind(Class<?> type) {
    Class<?> above = type.getSuperclass();
    return above != null && above.isEnum() ? above : type;
  }

  /**
   * What is wrong with the lists.
   *
   * @param pairs all there are
   * @param reasons by name, why libtorch has no such operation
   */
  static List<Failure> gaps(Collection<Pair> pairs, Map<String, String> reasons) {
    List<Failure> out = new ArrayList<>();
    Set<String> paired = pairs.stream().map(Pair::op).collect(Collectors.toSet());
    Set<String> names = names();
    for (String name : names) {
      boolean has = paired.contains(name);
      if (!has && !reasons.containsKey(name)) {
        out.add(gap(name, "has neither a pair nor a reason why it has none"));
      } else if (has && reasons.containsKey(name)) {
        out.add(gap(name, "has a pair, and a reason why it has none"));
      }
    }
    for (String name : reasons.keySet()) {
      if (!names.contains(name)) {
        out.add(gap(name, "has a reason why it has no pair, and is not in the engine's tables"));
      }
    }
    return out;
  }

  private static Failure gap(String name, String what) {
    return new Failure(name, name, "", "", what);
  }
}

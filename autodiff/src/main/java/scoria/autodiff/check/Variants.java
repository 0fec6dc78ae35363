package scoria.autodiff.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import scoria.engine.op.Reference;
import scoria.engine.tensor.Shape;

/** Points made from a given one that are at the edge of what a shape rule may allow. */
final class Variants {
  private Variants() {}

  /**
   * The inputs with axes of size 0: all axes of one size together, since they may have to agree;
   * each axis alone; all of them. Inputs without such an axis keep their values.
   */
  static List<List<Reference>> empty(List<Reference> inputs) {
    Map<List<Shape>, List<Reference>> out = new LinkedHashMap<>();
    TreeSet<Long> sizes = new TreeSet<>();
    for (Reference input : inputs) {
      sizes.addAll(input.shape().toList());
    }
    for (long size : sizes) {
      add(out, inputs, (i, axis) -> inputs.get(i).shape().size(axis) == size);
    }
    for (int i = 0; i < inputs.size(); i++) {
      for (int axis = 0; axis < inputs.get(i).shape().rank(); axis++) {
        int input = i;
        int only = axis;
        add(out, inputs, (k, a) -> k == input && a == only);
      }
    }
    add(out, inputs, (i, axis) -> true);
    return List.copyOf(out.values());
  }

  private interface Empties {
    boolean test(int input, int axis);
  }

  private static void add(
      Map<List<Shape>, List<Reference>> out, List<Reference> inputs, Empties empties) {
    List<Reference> point = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Reference input = inputs.get(i);
      Shape shape = input.shape();
      for (int axis = 0; axis < shape.rank(); axis++) {
        if (empties.test(i, axis)) {
          shape = shape.with(axis, 0);
        }
      }
      point.add(shape.equals(input.shape()) ? input : Reference.zeros(shape));
    }
    if (!point.equals(inputs)) {
      out.putIfAbsent(point.stream().map(Reference::shape).toList(), point);
    }
  }

  /** Scalars for all inputs, and for each alone. */
  static List<List<Reference>> scalar(List<Reference> inputs) {
    Map<List<Shape>, List<Reference>> out = new LinkedHashMap<>();
    add(out, inputs, i -> true);
    for (int i = 0; i < inputs.size(); i++) {
      int only = i;
      add(out, inputs, k -> k == only);
    }
    return List.copyOf(out.values());
  }

  private static void add(
      Map<List<Shape>, List<Reference>> out, List<Reference> inputs, IntPredicate scalars) {
    List<Reference> point = new ArrayList<>();
    boolean any = false;
    for (int i = 0; i < inputs.size(); i++) {
      Reference input = inputs.get(i);
      boolean replaced =
          scalars.test(i) && input.shape().rank() > 0 && input.shape().elements() > 0;
      any |= replaced;
      point.add(replaced ? Reference.scalar(input.values()[0]) : input);
    }
    if (any) {
      out.putIfAbsent(point.stream().map(Reference::shape).toList(), point);
    }
  }
}

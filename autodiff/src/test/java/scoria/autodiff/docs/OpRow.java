package scoria.autodiff.docs;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import scoria.engine.device.Device;
import scoria.engine.op.Case;
import scoria.engine.op.Op;
import scoria.engine.op.OpTable;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;

/**
 * A row of the table of operations: what goes by one name.
 *
 * @param kind the enum or record
 * @param op one of the row's operations
 * @param cases all test points of the row
 */
record OpRow(Class<?> kind, Op op, List<Case> cases) {
  /** All rows, in the order of the table. */
  static List<OpRow> all() {
    List<Case> cases = OpTable.cases();
    List<OpRow> rows = new ArrayList<>();
    for (Class<?> kind : OpTable.kinds()) {
      Map<String, Op> named = new LinkedHashMap<>();
      for (Op op : instances(kind)) {
        named.putIfAbsent(op.label(), op);
      }
      named.forEach(
          (label, op) ->
              rows.add(
                  new OpRow(
                      kind,
                      op,
                      cases.stream()
                          .filter(c -> kind.isInstance(c.op()) && c.op().label().equals(label))
                          .toList())));
    }
    return rows;
  }

  /** The rows of an enum; of a record, one for every value of the enums among its components. */
  private static List<Op> instances(Class<?> kind) {
    if (kind.isEnum()) {
      return Arrays.stream(kind.getEnumConstants()).map(Op.class::cast).toList();
    }
    RecordComponent[] components = kind.getRecordComponents();
    List<Object[]> arguments = new ArrayList<>();
    arguments.add(new Object[components.length]);
    for (int i = 0; i < components.length; i++) {
      List<Object[]> longer = new ArrayList<>();
      for (Object value : values(components[i].getType())) {
        for (Object[] before : arguments) {
          Object[] with = before.clone();
          with[i] = value;
          longer.add(with);
        }
      }
      arguments = longer;
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return arguments.stream().map(given -> make(kind, types, given)).toList();
  }

  private static Op make(Class<?> kind, Class<?>[] types, Object[] arguments) {
    try {
      return (Op) kind.getDeclaredConstructor(types).newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "no " + kind.getSimpleName() + " of " + Arrays.toString(arguments), e);
    }
  }

  /** Of a kind's own enums all values, of others one. */
  private static List<?> values(Class<?> type) {
    if (type.isEnum() && type != DType.class) {
      return List.of(type.getEnumConstants());
    }
    Map<Class<?>, Object> some =
        Map.of(
            int.class,
            1,
            long.class,
            1L,
            double.class,
            0.5,
            boolean.class,
            false,
            Shape.class,
            Shape.scalar(),
            List.class,
            List.of(),
            String.class,
            "",
            DType.class,
            DType.FLOAT64,
            Device.class,
            Device.cpu());
    Object value = some.get(type);
    if (value == null) {
      throw new IllegalStateException("OpRow knows no example of a " + type.getSimpleName());
    }
    return List.of(value);
  }

  /** The name. */
  String label() {
    return op.label();
  }

  /** What it does, from the declaration's doc comment; empty if there is none. */
  String doc() {
    DocComments source = DocComments.of(kind);
    if (op instanceof Enum<?> constant) {
      return kind.getEnumConstants().length == 1
          ? source.ofType(kind.getSimpleName())
          : source.ofConstant(constant.name());
    }
    return kindConstant()
        .map(constant -> source.ofConstant(constant.name()))
        .orElseGet(() -> source.ofType(kind.getSimpleName()));
  }

  /** Of a record that has kinds of its own, which it is. */
  Optional<Enum<?>> kindConstant() {
    if (op instanceof Enum<?>) {
      return Optional.empty();
    }
    for (RecordComponent component : kind.getRecordComponents()) {
      if (component.getType().isEnum() && component.getType().getEnclosingClass() == kind) {
        try {
          return Optional.of((Enum<?>) component.getAccessor().invoke(op));
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return Optional.empty();
  }
}

package scoria.engine.function;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import scoria.engine.op.Case;
import scoria.engine.op.Reference;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Sums of products named by letters. */
public final class Einsum implements Functions {
  private final Equation equation;

  private Einsum(Equation equation) {
    this.equation = equation;
  }

  /** The test points. */
  static List<Composed> cases() {
    List<Composed> cases = new ArrayList<>();
    add(cases, "ij,jk->ik", "ij,jk->ik", Case.spread(2, 3), Case.positive(3, 2));
    add(cases, "ji,jk", "ji,jk->ik", Case.spread(3, 2), Case.positive(3, 4));
    add(cases, "bij , bkj -> bik", "bij,bkj->bik", Case.spread(2, 2, 3), Case.positive(2, 4, 3));
    add(cases, "ii", "ii->", Case.spread(3, 3));
    add(cases, "iij->ji", "iij->ji", Case.spread(2, 2, 3));
    add(cases, "ba", "ba->ab", Case.spread(2, 3));
    add(cases, "i,j->ij", "i,j->ij", Case.spread(2), Case.positive(3));
    add(cases, "ij,ij->", "ij,ij->", Case.spread(2, 3), Case.positive(2, 3));
    add(cases, "ijk,k->j", "ijk,k->j", Case.spread(2, 3, 2), Case.positive(2));
    add(
        cases,
        "ab,bc,cd->ad",
        "ab,bc,cd->ad",
        Case.spread(2, 3),
        Case.positive(3, 2),
        Case.spread(2, 2));
    add(
        cases,
        "bn,anm,bm->ba",
        "bn,anm,bm->ba",
        Case.spread(2, 3),
        Case.positive(2, 3, 2),
        Case.spread(2, 2));
    add(cases, "...ij,...j->...i", "abij,bj->abi", Case.spread(2, 2, 2, 3), Case.positive(2, 3));
    add(cases, "...ii->...i", "aii->ai", Case.spread(2, 3, 3));
    add(cases, "i...,i...", "ia,ia->a", Case.spread(3, 2), Case.positive(3, 2));
    add(cases, "ij->", "ij->", Case.spread(2, 3));
    add(cases, ",ij->ji", ",ij->ji", Reference.scalar(1.7), Case.spread(2, 3));
    return cases;
  }

  private static void add(
      List<Composed> cases, String equation, String plain, Reference... inputs) {
    cases.add(
        Composed.of(
            "einsum, " + equation, in -> einsum(equation, in), in -> meaning(plain, in), inputs));
  }

  /** All values of all letters; an axis of size 1 repeats. */
  private static Reference meaning(String equation, Reference... in) {
    String[] sides = equation.split("->", -1);
    String[] terms = sides[0].split(",", -1);
    Map<Character, Long> sizes = new LinkedHashMap<>();
    for (int i = 0; i < in.length; i++) {
      for (int k = 0; k < terms[i].length(); k++) {
        sizes.merge(terms[i].charAt(k), in[i].shape().size(k), (a, b) -> a == 1 ? b : a);
      }
    }
    List<Character> letters = List.copyOf(sizes.keySet());
    Shape all = Shape.of(sizes.values().stream().mapToLong(n -> n).toArray());
    Reference y =
        Reference.zeros(Shape.of(sides[1].chars().mapToLong(c -> sizes.get((char) c)).toArray()));
    long[] index = new long[letters.size()];
    for (long at = 0; at < all.elements(); at++) {
      double product = 1;
      for (int i = 0; i < in.length; i++) {
        long[] place = place(terms[i], letters, index);
        for (int k = 0; k < place.length; k++) {
          place[k] = in[i].shape().size(k) == 1 ? 0 : place[k];
        }
        product *= in[i].at(place);
      }
      long[] place = place(sides[1], letters, index);
      y.values()[(int) Layout.dense(y.shape()).place(place)] += product;
      Reference.next(index, all);
    }
    return y;
  }

  private static long[] place(String term, List<Character> letters, long... index) {
    return term.chars().mapToLong(c -> index[letters.indexOf((char) c)]).toArray();
  }

  /**
   * Sums of products as NumPy's einsum: every letter names an index, and what the output does not
   * name is summed over. {@code einsum("ij,jk->ik", a, b)} is a matrix product.
   *
   * <p>A letter twice in one operand takes the diagonal. {@code ...} stands for any number of axes,
   * which broadcast from the last back. Without {@code ->} the output names, after {@code ...}, the
   * letters that appear once, in alphabetical order. An axis of size 1 broadcasts. Operands are
   * multiplied from left to right, two at a time, as matrices.
   *
   * @param equation operands by commas, then maybe {@code ->} and the output
   * @throws IllegalArgumentException if the equation cannot be read or does not fit the operands
   */
  public static Tensor einsum(String equation, Tensor... operands) {
    return new Einsum(Equation.parse(equation, operands)).run(operands);
  }

  private IllegalArgumentException wrong(String what) {
    return equation.wrong(what);
  }

  /**
   * A tensor and what its axes are called: letters, and negative numbers for those of {@code ...},
   * -1 being the last.
   */
  private record Named(Tensor tensor, List<Integer> axes) {
    long size(int name) {
      return tensor.size(axes.indexOf(name));
    }

    Named sumBut(Set<Integer> kept) {
      int[] over =
          IntStream.range(0, axes.size()).filter(i -> !kept.contains(axes.get(i))).toArray();
      if (over.length == 0) {
        return this;
      }
      return new Named(tensor.sum(over, false), axes.stream().filter(kept::contains).toList());
    }

    /** The axes in another order; all of them are named. */
    Tensor ordered(List<Integer> names) {
      int[] order = names.stream().mapToInt(axes::indexOf).toArray();
      return IntStream.range(0, order.length).allMatch(i -> order[i] == i)
          ? tensor
          : tensor.permute(order);
    }
  }

  private Tensor run(Tensor... operands) {
    List<Named> named = new ArrayList<>();
    for (int i = 0; i < operands.length; i++) {
      if (operands[i].dtype() != operands[0].dtype()) {
        throw wrong("types differ; convert one of them with to(dtype)");
      }
      named.add(diagonals(new Named(operands[i], equation.terms().get(i))));
    }
    if (operands.length > 1 && operands[0].dtype() == DType.BOOL) {
      throw wrong("it does not multiply bool; convert with to(dtype)");
    }
    checkSizes(named);
    Named product = null;
    for (int i = 0; i < named.size(); i++) {
      Set<Integer> kept = new LinkedHashSet<>(equation.output());
      named.subList(i + 1, named.size()).forEach(later -> kept.addAll(later.axes));
      product = product == null ? named.get(i).sumBut(kept) : multiply(product, named.get(i), kept);
    }
    if (product == null) {
      throw wrong("there are no operands");
    }
    return product.ordered(equation.output());
  }

  private void checkSizes(List<Named> named) {
    Map<Integer, Long> sizes = new LinkedHashMap<>();
    for (Named n : named) {
      for (int name : n.axes) {
        long size = n.size(name);
        long known = sizes.merge(name, size, (a, b) -> a == 1 ? b : a);
        if (size != known && size != 1) {
          throw wrong(Equation.show(name) + " has size " + known + " and " + size);
        }
      }
    }
  }

  private Named diagonals(Named operand) {
    Named n = operand;
    for (int i = 0; i < n.axes.size(); i++) {
      int again = n.axes.lastIndexOf(n.axes.get(i));
      if (again == i) {
        continue;
      }
      long size = n.tensor.size(i);
      if (n.tensor.size(again) != size) {
        throw wrong(
            Equation.show(n.axes.get(i)) + " has size " + size + " and " + n.tensor.size(again));
      }
      int first = i;
      int rank = n.tensor.rank();
      int[] order =
          IntStream.concat(
                  IntStream.range(0, rank).filter(k -> k != first && k != again),
                  IntStream.of(first, again))
              .toArray();
      Tensor turned = n.tensor.permute(order);
      long[] flat = Arrays.copyOf(turned.shape().toArray(), rank - 1);
      flat[rank - 2] = size * size;
      // Neighbours on the diagonal lie a row and an element apart.
      Tensor diagonal = turned.reshape(flat).slice(-1, 0, size + 1, size);
      List<Integer> all = n.axes;
      n = new Named(diagonal, Arrays.stream(order).limit(rank - 1).mapToObj(all::get).toList());
      i = -1;
    }
    return n;
  }

  /** The product of two, summed over what is not kept. */
  private static Named multiply(Named left, Named right, Set<Integer> kept) {
    Named a = squeeze(left, right);
    Named b = squeeze(right, left);
    a = a.sumBut(union(kept, b.axes));
    b = b.sumBut(union(kept, a.axes));
    List<Integer> ofA = a.axes;
    List<Integer> ofB = b.axes;
    List<Integer> both = ofA.stream().filter(n -> ofB.contains(n) && kept.contains(n)).toList();
    List<Integer> summed = ofA.stream().filter(n -> ofB.contains(n) && !kept.contains(n)).toList();
    List<Integer> onlyA = ofA.stream().filter(n -> !ofB.contains(n)).toList();
    List<Integer> onlyB = ofB.stream().filter(n -> !ofA.contains(n)).toList();
    List<Integer> out = join(both, onlyA, onlyB);
    long[] batch = sizes(a, both);
    long[] rows = sizes(a, onlyA);
    long[] columns = sizes(b, onlyB);
    Tensor product;
    if (!a.tensor.dtype().isFloat() && !summed.isEmpty()) {
      // Matrix products are of floating point.
      product =
          a.ordered(join(both, onlyA, summed))
              .reshape(concat(batch, rows, ones(columns), sizes(a, summed)))
              .mul(
                  b.ordered(join(both, onlyB, summed))
                      .reshape(concat(batch, ones(rows), columns, sizes(b, summed))))
              .sum(IntStream.range(out.size(), out.size() + summed.size()).toArray());
    } else if (summed.isEmpty()) {
      product =
          a.ordered(join(both, onlyA))
              .reshape(concat(batch, rows, ones(columns)))
              .mul(b.ordered(join(both, onlyB)).reshape(concat(batch, ones(rows), columns)));
    } else {
      long count = Shape.of(batch).elements();
      long m = Shape.of(rows).elements();
      long n = Shape.of(columns).elements();
      long k = Shape.of(sizes(a, summed)).elements();
      long[] lead = both.isEmpty() ? new long[0] : new long[] {count};
      Tensor x = a.ordered(join(both, onlyA, summed)).reshape(concat(lead, new long[] {m, k}));
      Tensor y = b.ordered(join(both, summed, onlyB)).reshape(concat(lead, new long[] {k, n}));
      product = x.matmul(y).reshape(concat(batch, rows, columns));
    }
    return new Named(product, out);
  }

  /** Without the axes of size 1 that broadcast to the other's. */
  private static Named squeeze(Named a, Named b) {
    Named out = a;
    for (int name : a.axes) {
      if (b.axes.contains(name) && a.size(name) == 1 && b.size(name) != 1) {
        List<Integer> rest = out.axes.stream().filter(n -> n != name).toList();
        out = new Named(out.tensor.squeeze(out.axes.indexOf(name)), rest);
      }
    }
    return out;
  }

  private static Set<Integer> union(Set<Integer> a, List<Integer> b) {
    Set<Integer> out = new LinkedHashSet<>(a);
    out.addAll(b);
    return out;
  }

  /** As many ones as there are sizes. */
  private static long[] ones(long... sizes) {
    long[] ones = new long[sizes.length];
    Arrays.fill(ones, 1);
    return ones;
  }

  @SafeVarargs
  private static List<Integer> join(List<Integer>... parts) {
    return Arrays.stream(parts).flatMap(List::stream).toList();
  }

  private static long[] sizes(Named named, List<Integer> names) {
    return names.stream().mapToLong(named::size).toArray();
  }

  private static long[] concat(long[]... parts) {
    return Arrays.stream(parts).flatMapToLong(Arrays::stream).toArray();
  }
}

package scoria.engine.function;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import scoria.engine.tensor.Tensor;

/**
 * What {@link Einsum} is asked for: the names of all axes.
 *
 * @param text as it was given
 * @param operands signatures of the operands, for messages
 * @param terms for every operand the names of its axes: letters, and for those of {@code ...}
 *     negative numbers, -1 being the last
 * @param output the names of the output's axes
 */
record Equation(String text, String operands, List<List<Integer>> terms, List<Integer> output) {
  private static final String ANY = "...";

  static Equation parse(String text, Tensor... operands) {
    String given =
        Arrays.stream(operands)
            .map(x -> x.signature().toString())
            .collect(Collectors.joining(", "));
    Equation start = new Equation(text, given, List.of(), List.of());
    String plain = text.replace(" ", "");
    int arrow = plain.indexOf("->");
    String left = arrow < 0 ? plain : plain.substring(0, arrow);
    String[] parts = left.split(",", -1);
    if (parts.length != operands.length) {
      throw start.wrong(
          "it names " + parts.length + " operands, and " + operands.length + " are given");
    }
    List<List<Integer>> terms = new ArrayList<>();
    int most = 0;
    for (int i = 0; i < parts.length; i++) {
      int letters = start.letters(parts[i]).size();
      boolean any = parts[i].contains(ANY);
      int rank = operands[i].rank();
      if (any ? rank < letters : rank != letters) {
        throw start.wrong(
            "'" + parts[i] + "' names " + letters + " axes, and the operand has " + rank);
      }
      int more = rank - letters;
      most = Math.max(most, more);
      terms.add(start.names(parts[i], more));
    }
    List<Integer> output =
        arrow < 0 ? implicit(terms, most) : start.explicit(plain.substring(arrow + 2), terms, most);
    return new Equation(text, given, List.copyOf(terms), output);
  }

  IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("einsum '" + text + "' of " + operands + ": " + what);
  }

  /** How a name is called in messages. */
  static String show(int name) {
    return name < 0 ? String.format(Locale.ROOT, "axis %d of ...", name) : "'" + (char) name + "'";
  }

  private List<Integer> letters(String term) {
    int at = term.indexOf(ANY);
    String rest = at < 0 ? term : term.substring(0, at) + term.substring(at + ANY.length());
    for (char c : rest.toCharArray()) {
      if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z')) {
        throw wrong(
            "'" + term + "' holds '" + c + "'; axes are letters, and ... stands once for any");
      }
    }
    return rest.chars().boxed().toList();
  }

  /** The names of a term whose {@code ...} stands for some axes. */
  private List<Integer> names(String term, int more) {
    List<Integer> letters = letters(term);
    int at = term.indexOf(ANY);
    if (at < 0) {
      return letters;
    }
    List<Integer> out = new ArrayList<>(letters.subList(0, at));
    IntStream.range(-more, 0).forEach(out::add);
    out.addAll(letters.subList(at, letters.size()));
    return List.copyOf(out);
  }

  private static List<Integer> implicit(List<List<Integer>> terms, int most) {
    List<Integer> all = terms.stream().flatMap(List::stream).toList();
    return IntStream.concat(
            IntStream.range(-most, 0),
            all.stream()
                .mapToInt(n -> n)
                .filter(n -> n >= 0 && all.indexOf(n) == all.lastIndexOf(n))
                .sorted())
        .boxed()
        .toList();
  }

  private List<Integer> explicit(String term, List<List<Integer>> terms, int most) {
    List<Integer> output = names(term, most);
    if (new LinkedHashSet<>(output).size() != output.size()) {
      throw wrong("the output '" + term + "' names an axis twice");
    }
    for (int name : output) {
      if (name >= 0 && terms.stream().noneMatch(t -> t.contains(name))) {
        throw wrong("the output names " + show(name) + ", which no operand has");
      }
    }
    return output;
  }
}

package scoria.autodiff.onnx;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What became of all cases, as JSON. */
final class Report {
  private final List<String> ran = new ArrayList<>();
  private final SortedMap<String, String> failed = new TreeMap<>();
  private final SortedSet<String> operators = new TreeSet<>();
  private final SortedMap<String, String> reasons = new TreeMap<>();
  private final SortedMap<String, SortedSet<String>> byOperator = new TreeMap<>();
  private final SortedMap<String, SortedSet<String>> byType = new TreeMap<>();

  void passed(String name, Collection<String> theirs) {
    ran.add(name);
    operators.addAll(theirs);
  }

  void failed(String name, String why) {
    ran.add(name);
    failed.put(name, why);
  }

  void leftOut(String name, String operator, String reason) {
    reasons.put(operator, reason);
    byOperator.computeIfAbsent(operator, _ -> new TreeSet<>()).add(name);
  }

  void leftOut(String name, String type) {
    byType.computeIfAbsent(type, _ -> new TreeSet<>()).add(name);
  }

  int ran() {
    return ran.size();
  }

  int passed() {
    return ran.size() - failed.size();
  }

  /** The operators in cases that passed. */
  SortedSet<String> operators() {
    return operators;
  }

  /** The cases that failed, with what was wrong. */
  SortedMap<String, String> failures() {
    return failed;
  }

  String json() {
    return "{\n"
        + String.join(
            ",\n",
            "  \"ran\": " + ran(),
            "  \"passed\": " + passed(),
            "  \"operators\": " + operators.size(),
            "  \"left_out\": " + object(reasons),
            "  \"left_out_cases\": " + lists(byOperator),
            "  \"left_out_types\": " + lists(byType),
            "  \"operator_names\": " + list(operators),
            "  \"failed\": " + object(failed))
        + "\n}\n";
  }

  private static String object(Map<String, String> entries) {
    return entries.entrySet().stream()
        .map(e -> "\n    " + text(e.getKey()) + ": " + text(e.getValue()))
        .collect(Collectors.joining(",", "{", "\n  }"));
  }

  private static String lists(Map<String, SortedSet<String>> entries) {
    return entries.entrySet().stream()
        .map(
            e ->
                "\n    "
                    + text(e.getKey())
                    + ": {\"count\": "
                    + e.getValue().size()
                    + ", \"cases\": "
                    + list(e.getValue())
                    + "}")
        .collect(Collectors.joining(",", "{", "\n  }"));
  }

  private static String list(Collection<String> items) {
    return items.stream().map(Report::text).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String text(String value) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}

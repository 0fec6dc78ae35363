import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes scalar functions of Java as CUDA C++: the same operations in the same order, so that both
 * give the same bits.
 *
 * <p>What it understands is what both languages write nearly alike: static methods of {@code
 * double} and {@code long}, constants, constant arrays, records of numbers. Where they differ, Java
 * calls a method of {@code Math}, {@code Double} or {@code Bits64}, which functions of CUDA or of
 * {@code common.cuh} stand for. Integers must not overflow but in {@code Bits64}.
 */
final class ToCuda {
  private static final Pattern NAME = Pattern.compile("(?:final class|record) (\\w+)");
  private static final Pattern ARRAY =
      Pattern.compile("static final (\\w+)\\[\\] (\\w+) = \\{(.*?)\\};", Pattern.DOTALL);
  private static final Pattern RECORD = Pattern.compile("record (\\w+)\\(([^)]*)\\) \\{");
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("Math.fma(", "multiplyAdd("),
          Map.entry("Math.abs(", "magnitude("),
          Map.entry("Math.sqrt(", "rootOf("),
          Map.entry("Math.rint(", "::rint("),
          Map.entry("Math.floor(", "::floor("),
          Map.entry("Math.copySign(", "::copysign("),
          Map.entry("Double.isNaN(", "isNan("),
          Map.entry("Double.doubleToRawLongBits(", "bits<int64>("),
          Map.entry("Double.longBitsToDouble(", "bits<double>("),
          Map.entry("Double.NaN", "bits<double>(0x7ff8000000000000ll)"),
          Map.entry("Double.POSITIVE_INFINITY", "bits<double>(0x7ff0000000000000ll)"),
          Map.entry("Double.NEGATIVE_INFINITY", "-bits<double>(0x7ff0000000000000ll)"));

  private ToCuda() {}

  /** The header of several classes, each after those that it mentions. */
  static String header(List<String> classes) {
    Map<String, String> waiting = new TreeMap<>();
    for (String text : classes) {
      String code = text.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)//.*$", "");
      Matcher name = NAME.matcher(code);
      if (!name.find()) {
        throw new IllegalArgumentException("no class in " + text);
      }
      waiting.put(name.group(1), code.substring(name.start()));
    }
    List<String> names = new ArrayList<>(waiting.keySet());
    StringBuilder out = new StringBuilder("#pragma once\n#include \"common.cuh\"\n");
    while (!waiting.isEmpty()) {
      String next =
          waiting.keySet().stream()
              .filter(
                  name ->
                      waiting.keySet().stream()
                          .noneMatch(
                              other ->
                                  !other.equals(name)
                                      && waiting.get(name).matches("(?s).*\\b" + other + "\\b.*")))
              .findFirst()
              .orElseThrow(
                  () -> new IllegalArgumentException("a circle among " + waiting.keySet()));
      out.append(translated(waiting.remove(next), names));
    }
    return out.toString();
  }

  private static String translated(String java, List<String> classes) {
    StringBuilder arrays = new StringBuilder();
    String code =
        java.replaceAll("\\b(private|public) ", "").replaceAll("\\b(\\w+)\\(\\) \\{\\}", "");
    Matcher array = ARRAY.matcher(code);
    while (array.find()) {
      String type = array.group(1).equals("long") ? "int64" : "double";
      String values =
          array.group(3).replaceAll("(0x[0-9a-f]+)L", "(int64)$1ull").replaceAll("\\s+", " ");
      arrays.append(
          "static __device__ const " + type + " " + array.group(2) + "[] = {" + values + "};\n");
    }
    code = ARRAY.matcher(code).replaceAll("");
    Matcher record = RECORD.matcher(code);
    StringBuilder structs = new StringBuilder();
    List<String> fields = new ArrayList<>(List.of("hi", "lo"));
    while (record.find()) {
      List<String> members = new ArrayList<>();
      List<String> starts = new ArrayList<>();
      for (String parameter : record.group(2).split(", ")) {
        String field = parameter.split(" ")[1];
        fields.add(field);
        members.add(parameter + ";");
        starts.add(field + "(" + field + ")");
      }
      record.appendReplacement(
          structs,
          Matcher.quoteReplacement(
              "struct "
                  + record.group(1)
                  + " { "
                  + String.join(" ", members)
                  + " __device__ "
                  + record.group(1)
                  + "("
                  + record.group(2)
                  + ") : "
                  + String.join(", ", starts)
                  + " {}"));
    }
    record.appendTail(structs);
    code = structs.toString().replaceAll("(struct [^\\n]*\\{\\})\\}", "$1 };");
    for (String field : fields) {
      code = code.replace("." + field + "()", "." + field);
    }
    for (Map.Entry<String, String> word : WORDS.entrySet()) {
      code = code.replace(word.getKey(), word.getValue());
    }
    for (String name : classes) {
      code = code.replaceAll("\\b" + name + "\\.(?=\\w)", name + "::");
    }
    code =
        code.replace("Bits64.", "Bits64::")
            .replaceAll("\\bnew (?=\\w)", "")
            .replaceAll("final class (\\w+)", "struct $1")
            .replaceAll("static final (\\w+)", "static constexpr $1")
            .replaceAll("static (?!constexpr)(?=\\w+ \\w+\\()", "static __device__ ")
            .replaceAll("\\bboolean\\b", "bool")
            .replaceAll("\\blong\\b", "int64")
            .replaceAll("\\b(0x[0-9a-f]+|\\d+)L\\b", "$1ll")
            .replaceAll("(?m)^\\s*\\n", "");
    return arrays + code.stripTrailing() + ";\n";
  }
}

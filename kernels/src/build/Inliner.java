import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Copies the bodies of a class's straight-line static methods to where they are called.
 *
 * <p>The JIT compiler stops inlining ordinary methods when a compilation has grown beyond some 50
 * vector operations, and a vector that crosses a call is boxed, at a hundred times the cost. What
 * stands in the loop itself needs no inlining, so the larger elementary functions are written into
 * each loop here; their class stays the one place where they are read, and can be called as it is.
 *
 * <p>It understands what it needs to: methods of declarations, assignments and one return at the
 * end, in google-java-format.
 */
final class Inliner {
  private static final Pattern METHOD =
      Pattern.compile("static ([\\w<>]+) (\\w+)\\(([^)]*)\\) \\{\n(.*?)\n  \\}", Pattern.DOTALL);
  private static final Pattern CONSTANT = Pattern.compile("static final [\\w<>]+ (\\w+) =");
  private static final Pattern OPERATOR =
      Pattern.compile("import static (jdk\\.incubator\\.vector\\.VectorOperators)\\.(\\w+);");
  private static final Pattern DECLARATION =
      Pattern.compile("([\\w<>]+) (\\w+) = (.*)", Pattern.DOTALL);
  private static final Pattern SIMPLE = Pattern.compile("-?[\\w.]+");

  private record Method(String result, List<String[]> parameters, List<String> body) {}

  private final String owner;
  private final Map<String, Method> methods = new LinkedHashMap<>();
  private final Map<String, String> longNames = new LinkedHashMap<>();
  private int copies;

  /** Reads a class, to whose methods calls refer as {@code Class.method(...)}. */
  Inliner(Path source) throws IOException {
    owner = source.getFileName().toString().replace(".java", "");
    String text = Files.readString(source).replaceAll("(?m)^\\s*//.*\n", "");
    Matcher constant = CONSTANT.matcher(text);
    while (constant.find()) {
      if (!constant.group(1).equals("S")) {
        longNames.put(constant.group(1), owner + "." + constant.group(1));
      }
    }
    Matcher operator = OPERATOR.matcher(text);
    while (operator.find()) {
      longNames.put(operator.group(2), operator.group(1) + "." + operator.group(2));
    }
    for (String vector : List.of("IntVector", "LongVector")) {
      longNames.put(vector, "jdk.incubator.vector." + vector);
    }
    Matcher method = METHOD.matcher(text);
    while (method.find()) {
      List<String> body = new ArrayList<>();
      for (String statement : method.group(4).split(";")) {
        if (!statement.isBlank()) {
          body.add(statement.strip().replaceAll("\\s+", " ").replaceAll(" \\.", "."));
        }
      }
      List<String[]> parameters = new ArrayList<>();
      for (String parameter : arguments(method.group(3))) {
        parameters.add(parameter.split(" "));
      }
      methods.put(method.group(2), new Method(method.group(1), parameters, body));
    }
  }

  /** Expands every call of the class's methods; a call must stand in a line with its statement. */
  String expand(String text) {
    StringBuilder out = new StringBuilder();
    for (String line : text.lines().toList()) {
      List<String> before = new ArrayList<>();
      String indent = line.substring(0, line.length() - line.stripLeading().length());
      String last = line.strip();
      if (last.contains(owner + ".") && !last.startsWith("*")) {
        last = calls(last, owner + ".", before);
      }
      for (String statement : before) {
        out.append(indent).append(statement).append(";\n");
      }
      out.append(last.isEmpty() ? "" : indent + last).append("\n");
    }
    return out.toString();
  }

  /** Replaces the calls in an expression by names, after statements that give them their values. */
  private String calls(String expression, String prefix, List<String> before) {
    String names = String.join("|", methods.keySet());
    Pattern call = Pattern.compile("(?<![\\w.])" + Pattern.quote(prefix) + "(" + names + ")\\(");
    String text = expression;
    int from = 0;
    for (Matcher m = call.matcher(text); m.find(from); m = call.matcher(text)) {
      int end = closing(text, m.end());
      Method method = methods.get(m.group(1));
      List<String> arguments = new ArrayList<>();
      for (String argument : arguments(text.substring(m.end(), end))) {
        arguments.add(calls(argument, prefix, before));
      }
      String value = copy(m.group(1), method, arguments, before);
      text = text.substring(0, m.start()) + value + text.substring(end + 1);
      from = m.start() + value.length();
    }
    return text;
  }

  private String copy(String name, Method method, List<String> arguments, List<String> before) {
    int id = ++copies;
    Map<String, String> locals = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String[] parameter = method.parameters().get(i);
      String argument = arguments.get(i);
      if (!SIMPLE.matcher(argument).matches() && !usedOnce(parameter[1], method)) {
        String local = parameter[1] + "_" + id;
        before.add(type(parameter[0]) + " " + local + " = " + argument);
        argument = local;
      }
      locals.put(parameter[1], argument);
    }
    for (String statement : method.body()) {
      if (statement.startsWith("return ")) {
        String value = rewritten(statement.substring("return ".length()), locals, before);
        if (method.body().size() == 1) {
          return value;
        }
        String local = name + "_" + id;
        before.add(type(method.result()) + " " + local + " = " + value);
        return local;
      }
      Matcher declaration = DECLARATION.matcher(statement);
      if (declaration.matches()) {
        String value = rewritten(declaration.group(3), locals, before);
        String local = declaration.group(2) + "_" + id;
        before.add(type(declaration.group(1)) + " " + local + " = " + value);
        locals.put(declaration.group(2), local);
      } else {
        String[] sides = statement.split(" = ", 2);
        before.add(locals.get(sides[0]) + " = " + rewritten(sides[1], locals, before));
      }
    }
    throw new IllegalStateException(owner + "." + name + " does not end in a return");
  }

  private String rewritten(String expression, Map<String, String> locals, List<String> before) {
    Map<String, String> names = new LinkedHashMap<>(longNames);
    names.putAll(locals);
    return calls(renamed(expression, names), "", before);
  }

  private String type(String name) {
    return longNames.getOrDefault(name, name);
  }

  private static boolean usedOnce(String parameter, Method method) {
    String body = String.join(";", method.body());
    return method.body().size() == 1
        && body.split("(?<![\\w.])" + parameter + "(?!\\w)", -1).length == 2;
  }

  private static String renamed(String expression, Map<String, String> names) {
    String any =
        new TreeSet<>(names.keySet())
            .stream().collect(Collectors.joining("|", "(?<![\\w.])(", ")\\b(?!\\()"));
    return Pattern.compile(any)
        .matcher(expression)
        .replaceAll(m -> Matcher.quoteReplacement(names.get(m.group(1))));
  }

  /** Where the parenthesis closes that opened before {@code from}. */
  private static int closing(String text, int from) {
    int depth = 1;
    for (int i = from; ; i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
  }

  private static List<String> arguments(String text) {
    List<String> out = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        out.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    if (!text.isBlank()) {
      out.add(text.substring(start).strip());
    }
    return out;
  }
}

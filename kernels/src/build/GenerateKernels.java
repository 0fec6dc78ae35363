import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes the generated kernel sources, run by Maven in generate-sources: {@code java
 * GenerateKernels.java SOURCES TEMPLATES TARGET}.
 *
 * <ul>
 *   <li>A hand-written {@code XF32.java} below SOURCES whose text holds the line {@code // float64:
 *       generated} gives {@code XF64.java}.
 *   <li>A template {@code XF32.java.template} below TEMPLATES gives both {@code XF32.java} and
 *       {@code XF64.java}. In a template, {@code //@each} starts a table of rows, {@code //@row a |
 *       b | c} is a row, and the lines between {@code //@do} and {@code //@end} are repeated once a
 *       row with {@code @1}, {@code @2}, ... replaced by its cells.
 *   <li>A template {@code XI32.java.template} gives {@code XI32.java} and {@code XI64.java}: of its
 *       types only {@code Integer} and {@code IntVector} are replaced, so that an {@code int} which
 *       is no element stays one, and {@code @element} stands for the primitive type. {@code
 *       XU8.java.template} gives {@code XU8.java}.
 * </ul>
 *
 * A class with a line {@code // cuda: generated} is written as CUDA C++ besides ({@link ToCuda}).
 *
 * <p>A line that ends in {@code // float32 only} is left out of the float64 source, and a line that
 * starts with {@code // float64 only:} is uncommented there.
 */
final class GenerateKernels {
  private static final Pattern FLOAT_LITERAL =
      Pattern.compile("(?<![\\w.])(\\d+(?:\\.\\d*)?(?:[eE][-+]?\\d+)?)f\\b");

  private static final Set<Path> WRITTEN = new HashSet<>();

  public static void main(String[] args) throws IOException {
    Path sources = Path.of(args[0]);
    Path templates = Path.of(args[1]);
    Path target = Path.of(args[2]);
    for (Path source : files(sources, "F32.java")) {
      String text = Files.readString(source);
      if (text.contains("// float64: generated")) {
        write(target, sources.relativize(source), "F64.java", toFloat64(text));
      }
    }
    for (Path template : files(templates, "F32.java.template")) {
      String text = expand(template, Files.readAllLines(template));
      Path name = templates.relativize(template);
      String text32 =
          text.replace(" // float32 only", "").replaceAll("(?m)^ *// float64 only:.*\n", "");
      write(target, name, "F32.java", math(sources, "MathF32").expand(text32));
      write(target, name, "F64.java", math(sources, "MathF64").expand(toFloat64(text)));
    }
    for (Path template : files(templates, "I32.java.template")) {
      String text = expand(template, Files.readAllLines(template));
      Path name = templates.relativize(template);
      write(target, name, "I32.java", text.replace("@element", "int"));
      write(target, name, "I64.java", toInt64(text));
    }
    for (Path template : files(templates, "U8.java.template")) {
      String text = expand(template, Files.readAllLines(template));
      write(target, templates.relativize(template), "U8.java", text);
    }
    writeScalarHeader(sources, target);
    // What an earlier version generated would be compiled beside what has taken its place.
    for (Path file : files(target, ".java")) {
      if (!WRITTEN.contains(file)) {
        Files.delete(file);
      }
    }
  }

  /** The CUDA header goes into a class, since it is text that a program carries with it. */
  private static void writeScalarHeader(Path sources, Path target) throws IOException {
    List<String> classes = new ArrayList<>();
    for (Path source : files(sources.resolve("scoria/kernels/cpu"), ".java")) {
      String text = Files.readString(source);
      if (text.contains("// cuda: generated\n")) {
        classes.add(text);
      }
    }
    String text =
        """
        package scoria.kernels.cuda;

        /** The scalar functions of the CPU, written as CUDA C++. */
        final class ScalarHeader {
          static final String TEXT =
              \"""
        %s\""";

          private ScalarHeader() {}
        }
        """
            .formatted(ToCuda.header(classes));
    write(target, Path.of("scoria/kernels/cuda/ScalarHeader.java"), ".java", text);
  }

  private static Inliner math(Path sources, String name) throws IOException {
    Path folder = sources.resolve("scoria/kernels/cpu");
    return new Inliner(folder.resolve(name + ".java"));
  }

  private static List<Path> files(Path root, String ending) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(path -> path.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static String expand(Path template, List<String> lines) {
    StringBuilder out = new StringBuilder();
    List<String[]> rows = new ArrayList<>();
    List<String> body = null;
    for (String line : lines) {
      String word = line.strip();
      if (word.equals("//@each")) {
        rows.clear();
      } else if (word.startsWith("//@row ")) {
        rows.add(word.substring("//@row ".length()).split("\\|"));
      } else if (word.equals("//@do")) {
        body = new ArrayList<>();
      } else if (word.equals("//@end")) {
        if (body == null) {
          throw new IllegalArgumentException(template + ": //@end without //@do");
        }
        for (String[] row : rows) {
          out.append(fill(String.join("\n", body), row)).append("\n");
        }
        body = null;
      } else if (body != null) {
        body.add(line);
      } else {
        out.append(line).append("\n");
      }
    }
    if (body != null) {
      throw new IllegalArgumentException(template + ": //@do without //@end");
    }
    return out.toString();
  }

  private static String fill(String body, String[] row) {
    String text = body;
    for (int cell = row.length; cell >= 1; cell--) {
      text = text.replace("@" + cell, row[cell - 1].strip());
    }
    return text;
  }

  private static String toFloat64(String text) {
    StringBuilder out = new StringBuilder();
    for (String line : text.lines().toList()) {
      if (line.endsWith("// float32 only")) {
        continue;
      }
      String mark = "// float64 only:";
      int at = line.indexOf(mark);
      out.append(
          at < 0 ? line : line.substring(0, at) + line.substring(at + mark.length()).strip());
      out.append("\n");
    }
    String renamed =
        out.toString()
            .replace("F32", "F64")
            .replace("FloatVector", "DoubleVector")
            .replace("JAVA_FLOAT", "JAVA_DOUBLE")
            .replace("ofFloat", "ofDouble")
            .replace("OfFloat", "OfDouble")
            .replace("float32", "float64")
            .replaceAll("\\bfloat\\b", "double")
            .replaceAll("\\bFloat\\b", "Double");
    return FLOAT_LITERAL
        .matcher(renamed)
        .replaceAll(m -> Matcher.quoteReplacement(m.group(1) + "d"));
  }

  private static String toInt64(String text) {
    return text.replace("I32", "I64")
        .replace("IntVector", "LongVector")
        .replace("JAVA_INT", "JAVA_LONG")
        .replace("OfInt", "OfLong")
        .replace("@element", "long")
        .replace("int32", "int64")
        .replaceAll("\\bInteger\\b", "Long");
  }

  private static void write(Path target, Path like, String ending, String text) throws IOException {
    String name =
        like.getFileName().toString().replaceFirst("([FI]32|U8)?\\.java(\\.template)?$", ending);
    Path file = target.resolve(like).resolveSibling(name);
    Files.createDirectories(file.getParent());
    WRITTEN.add(file);
    // An unchanged file keeps its time stamp, so that an incremental build stays incremental.
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.writeString(file, text);
    }
  }

  private GenerateKernels() {}
}

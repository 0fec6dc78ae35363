package scoria.autodiff.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** First sentences of the doc comments of a source file, as Markdown. */
final class DocComments {
  private final String source;

  private DocComments(String source) {
    this.source = source;
  }

  /** The comments of the file of a class of the engine. */
  static DocComments of(Class<?> type) {
    Path file = Path.of("../engine/src/main/java", type.getName().replace('.', '/') + ".java");
    try {
      return new DocComments(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is said of a constant of an enum. */
  String ofConstant(String name) {
    return before("(?m)^ +" + name + "[(,;\\n]");
  }

  /** What is said of a class, enum or record. */
  String ofType(String name) {
    return before("(?m)^public [a-z -]*(class|enum|record|interface) " + name + "\\b");
  }

  /** What is said of a public method, the first of its name that has a comment. */
  String ofMethod(String name) {
    return before("(?m)^  (public static|default|public) [\\w\\[\\]<>, @]+ " + name + "\\(");
  }

  private String before(String declaration) {
    Matcher matcher = Pattern.compile(declaration).matcher(source);
    while (matcher.find()) {
      String above =
          source.substring(0, matcher.start()).replaceAll("(\\s*@\\w+(\\([^)]*\\))?)*\\s*$", "");
      if (above.endsWith("*/")) {
        return markdown(above.substring(above.lastIndexOf("/**") + 3, above.length() - 2));
      }
    }
    return "";
  }

  private static String markdown(String comment) {
    String text = comment.replaceAll("\\n\\s*\\*", "\n").strip();
    text =
        text.split("\\n\\s*(<p>|@param|@return|@throws|\\n)", 2)[0].replaceAll("\\s+", " ").strip();
    Matcher end = Pattern.compile("\\.( (?=[A-Z])|$)").matcher(text);
    if (end.find()) {
      text = text.substring(0, end.start());
    }
    text = text.replaceAll("\\{@code ([^}]*)}", "`$1`");
    text = text.replaceAll("\\{@link (?:[\\w.]*#)?([\\w.]+)(?:\\([^)]*\\))?}", "`$1`");
    return text.replace("|", "\\|");
  }
}

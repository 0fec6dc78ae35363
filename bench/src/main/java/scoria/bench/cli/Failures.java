package scoria.bench.cli;

import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import scoria.bench.UserError;
import scoria.engine.io.FormatException;

/** What is shown when a command does not end well: one line, and the exit status. */
final class Failures {
  private static final int FAILED = 1;
  private static final int BAD_USAGE = 2;

  private Failures() {}

  /** Arguments that do not fit the command. */
  static int usage(ParameterException e, PrintWriter err) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String line =
        e instanceof UnmatchedArgumentException unmatched
            ? unmatched(unmatched, command)
            : decapitalised(oneLine(e)) + " (" + name + " --help shows what it takes)";
    err.println(name + ": " + line);
    return BAD_USAGE;
  }

  /** What a command threw. */
  static int of(Throwable e, PrintWriter err, boolean trace) {
    if (trace) {
      e.printStackTrace(err);
    }
    switch (e) {
      case UserError bad -> {
        err.println("scoria: " + oneLine(bad));
        return BAD_USAGE;
      }
      case FormatException damaged -> {
        err.println("scoria: " + oneLine(damaged));
        return BAD_USAGE;
      }
      case NoSuchFileException missing -> {
        err.println("scoria: there is no file " + missing.getFile());
        return BAD_USAGE;
      }
      case AccessDeniedException denied -> {
        err.println("scoria: no permission for " + denied.getFile());
        return BAD_USAGE;
      }
      default -> {
        String message = e.getMessage() == null ? "" : ": " + oneLine(e);
        String hint = trace ? "" : " (--trace shows where)";
        err.println("scoria: failed with " + e.getClass().getSimpleName() + message + hint);
        return FAILED;
      }
    }
  }

  private static String unmatched(UnmatchedArgumentException e, CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    String word = e.getUnmatched().getFirst();
    String all = "(" + name + " --help shows what it takes)";
    String what;
    if (e.isUnknownOption()) {
      what = "there is no option " + word;
    } else if (!command.getSubcommands().isEmpty()) {
      what = "there is no command '" + word + "'";
      all = "(the commands are " + String.join(", ", command.getSubcommands().keySet()) + ")";
    } else {
      what = "no argument is expected at '" + word + "'";
    }
    return what + suggestion(e.getSuggestions()) + " " + all;
  }

  private static String suggestion(List<String> near) {
    if (near.isEmpty()) {
      return "";
    }
    return near.stream().limit(3).collect(Collectors.joining(" or ", "; did you mean ", "?"));
  }

  private static String oneLine(Throwable e) {
    return String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static String decapitalised(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}

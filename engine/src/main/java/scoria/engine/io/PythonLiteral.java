package scoria.engine.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** As much of Python's notation for values as a {@code .npy} header may hold. */
final class PythonLiteral {
  private final String text;
  private final String file;
  private int at;

  PythonLiteral(String text, String file) {
    this.text = text;
    this.file = file;
  }

  /**
   * Reads the whole text as one dictionary. A value is a {@link String}, a {@link Boolean}, a
   * {@code long[]} for a tuple of integers, or {@link Fields} for a list, which is left unread.
   */
  Map<String, Object> dictionary() throws FormatException {
    Map<String, Object> entries = new LinkedHashMap<>();
    expect('{');
    while (peek() != '}') {
      String key = string();
      expect(':');
      if (entries.put(key, value()) != null) {
        throw wrong("the key '" + key + "' comes twice");
      }
      if (peek() == ',') {
        at++;
      } else if (peek() != '}') {
        throw wrong("a ',' or '}' should follow");
      }
    }
    at++;
    if (peek() != 0) {
      throw wrong("nothing should follow the dictionary");
    }
    return entries;
  }

  /** The fields of a structured dtype. */
  record Fields() {}

  private Object value() throws FormatException {
    char next = peek();
    if (next == '\'' || next == '"') {
      return string();
    }
    if (next == '(') {
      return tuple();
    }
    if (next == '[') {
      return skipList();
    }
    if (text.startsWith("True", at)) {
      at += 4;
      return true;
    }
    if (text.startsWith("False", at)) {
      at += 5;
      return false;
    }
    throw wrong("a string, True, False or a tuple should follow");
  }

  private String string() throws FormatException {
    char quote = peek();
    int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
    if (end < 0) {
      throw wrong("a string should follow");
    }
    String content = text.substring(at + 1, end);
    at = end + 1;
    return content;
  }

  private long[] tuple() throws FormatException {
    List<Long> numbers = new ArrayList<>();
    expect('(');
    while (peek() != ')') {
      numbers.add(integer());
      if (peek() == ',') {
        at++;
      } else if (peek() != ')' || numbers.size() == 1) {
        // (3) is a number and not a tuple.
        throw wrong("a ',' should follow");
      }
    }
    at++;
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private long integer() throws FormatException {
    peek();
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    try {
      long number = Long.parseLong(text, from, at, 10);
      // Python 2 wrote long integers so.
      if (at < text.length() && text.charAt(at) == 'L') {
        at++;
      }
      return number;
    } catch (NumberFormatException e) {
      at = from;
      throw wrong("an integer from 0 to 2^63 - 1 should follow");
    }
  }

  private Fields skipList() throws FormatException {
    int depth = 0;
    do {
      char next = peek();
      if (next == 0) {
        throw wrong("a list has no end");
      } else if (next == '\'' || next == '"') {
        string();
        continue;
      } else if (next == '[') {
        depth++;
      } else if (next == ']') {
        depth--;
      }
      at++;
    } while (depth > 0);
    return new Fields();
  }

  private void expect(char wanted) throws FormatException {
    if (peek() != wanted) {
      throw wrong("a '" + wanted + "' should follow");
    }
    at++;
  }

  /** The next character that is no space; 0 at the end. */
  private char peek() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private FormatException wrong(String should) {
    String before = text.substring(Math.max(0, at - 40), Math.min(at, text.length()));
    return new FormatException(
        file, "the header cannot be read after \"" + before + "\": " + should);
  }
}

package scoria.engine.io;

import java.io.IOException;

/** A file that does not hold what its format promises. The message is one line naming the file. */
public final class FormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param file the file's name
   * @param problem what is wrong with it, and what would be right
   */
  public FormatException(String file, String problem) {
    super(oneLine(file + ": " + problem));
  }

  /**
   * @param file the file's name
   * @param problem what is wrong with it, and what would be right
   * @param cause what was met
   */
  public FormatException(String file, String problem, Throwable cause) {
    super(oneLine(file + ": " + problem), cause);
  }

  /** Names and values out of a damaged file may hold anything. */
  private static String oneLine(String message) {
    return message.strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
  }
}

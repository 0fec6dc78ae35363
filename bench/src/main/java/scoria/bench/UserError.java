package scoria.bench;

/**
 * Bad usage or bad input: the command line shows the message, which is one line that names what was
 * wrong and what would be right, and ends with exit status 2.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param line the whole message, without a line break
   */
  public UserError(String line) {
    super(line);
  }

  /**
   * @param line the whole message, without a line break
   * @param cause what was met
   */
  public UserError(String line, Throwable cause) {
    super(line, cause);
  }
}

package scoria.kernels.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The text of a file of kernels.
 *
 * @param name its name with {@code .cu}, which the compiler's messages show
 * @param text CUDA C++; it may include {@code common.cuh} and the other headers of this package
 */
public record KernelSource(String name, String text) {
  /** The headers that a source may include. */
  static final String[] HEADERS = {
    "blocks.cuh", "common.cuh", "math.cuh", "math32.cuh", "math64.cuh", "scalar.cuh"
  };

  /**
   * One of this package's own files.
   *
   * @param name of the file, without {@code .cu}
   * @throws IllegalArgumentException if there is none of that name
   */
  public static KernelSource resource(String name) {
    return new KernelSource(name + ".cu", read(name + ".cu"));
  }

  static String read(String file) {
    if (file.equals("scalar.cuh")) {
      return ScalarHeader.TEXT;
    }
    try (InputStream in = KernelSource.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("no kernels in a file '" + file + "'");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A hash of this text, of the headers and of what else decides what it is compiled to. */
  String key(String... decides) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      update(digest, name);
      update(digest, text);
      for (String header : HEADERS) {
        update(digest, read(header));
      }
      for (String other : decides) {
        update(digest, other);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static void update(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}

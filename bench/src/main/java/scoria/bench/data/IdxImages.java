package scoria.bench.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import scoria.bench.UserError;

/** The training images of a folder in the format of MNIST, compressed or not. */
final class IdxImages {
  private static final String NAME = "train-images-idx3-ubyte";

  /** Unsigned bytes, three axes. */
  private static final int MAGIC = 0x00000803;

  private IdxImages() {}

  /**
   * @throws UserError if the folder has no such file, or a damaged one
   */
  static Samples load(String name, Path folder) throws IOException {
    Path file = folder.resolve(NAME + ".gz");
    if (!Files.isRegularFile(file)) {
      file = folder.resolve(NAME);
    }
    if (!Files.isRegularFile(file)) {
      throw new UserError("there is no " + NAME + " or " + NAME + ".gz in " + folder);
    }
    try (DataInputStream in = new DataInputStream(open(file))) {
      int magic = in.readInt();
      if (magic != MAGIC) {
        throw new UserError(
            String.format(
                "%s begins with 0x%08x; images in IDX format begin with 0x%08x",
                file, magic, MAGIC));
      }
      int count = in.readInt();
      int height = in.readInt();
      int width = in.readInt();
      int pixels = pixels(file, count, height, width);
      byte[] bytes = in.readNBytes(pixels);
      if (bytes.length < pixels) {
        throw cutShort(file, null);
      }
      float[] values = new float[pixels];
      for (int i = 0; i < pixels; i++) {
        values[i] = Byte.toUnsignedInt(bytes[i]);
      }
      return new Samples(name, file.toString(), values, List.of(height, width));
    } catch (EOFException e) {
      throw cutShort(file, e);
    } catch (ZipException e) {
      throw new UserError(file + " is damaged: " + e.getMessage(), e);
    }
  }

  private static int pixels(Path file, int count, int height, int width) {
    try {
      if (count > 0 && height > 0 && width > 0) {
        return Math.multiplyExact(Math.multiplyExact(count, height), width);
      }
    } catch (ArithmeticException e) {
      // Said below.
    }
    throw new UserError(
        file + " claims " + count + " images of " + height + " by " + width + " pixels");
  }

  private static UserError cutShort(Path file, @Nullable Throwable cause) {
    String line = file + " is cut short: fewer pixels follow than its first 16 bytes say";
    return cause == null ? new UserError(line) : new UserError(line, cause);
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    return new BufferedInputStream(
        file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in);
  }
}

package scoria.engine.io;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Files that are there whole or not at all: written beside their place under another name, forced
 * to the disk, and only then moved. Whatever stops the writing leaves an older file as it was.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes a file's bytes. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all of it.
     *
     * @param out where to; blocking, so that a write takes all it is given
     * @throws IOException if that fails
     */
    void writeTo(WritableByteChannel out) throws IOException;
  }

  /**
   * Makes a file, or replaces one.
   *
   * @param file its name, in a folder that exists
   * @param content what to put into it
   * @throws IOException if it could not be written; an older file of that name is then still there
   */
  public static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path part = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      try (FileChannel out = FileChannel.open(part, CREATE_NEW, WRITE)) {
        content.writeTo(out);
        out.force(true);
      }
      Files.move(part, target, ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}

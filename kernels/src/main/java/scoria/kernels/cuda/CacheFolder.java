package scoria.kernels.cuda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where files are kept from one process to the next: the folder named by the system property {@code
 * scoria.cuda.cache}, else {@code scoria} in the user's cache folder.
 */
final class CacheFolder {
  private CacheFolder() {}

  static Path path() {
    String named = System.getProperty("scoria.cuda.cache");
    if (named != null) {
      return Path.of(named);
    }
    String user = System.getenv("XDG_CACHE_HOME");
    Path base =
        user != null && !user.isEmpty()
            ? Path.of(user)
            : Path.of(System.getProperty("user.home"), ".cache");
    return base.resolve("scoria");
  }

  /** Makes a folder that only its owner can write: code is loaded from it. */
  static void create(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** Writes a file so that nobody ever sees a part of it. */
  static void write(Path folder, String name, byte[] bytes) throws IOException {
    create(folder);
    Path part = Files.createTempFile(folder, name, ".part");
    try {
      Files.write(part, bytes);
      Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}

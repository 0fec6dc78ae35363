package scoria.kernels.cuda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Compiled kernels in files. A file ends in a checksum of the rest; one that is damaged counts as
 * not there. Files appear whole or not at all, so that processes may share a folder.
 */
final class KernelCache {
  private static final String MARK = "\n// checksum ";

  private final Path folder;

  KernelCache(Path folder) {
    this.folder = folder;
  }

  @Nullable String read(String key) {
    try {
      String text = Files.readString(file(key));
      int mark = text.lastIndexOf(MARK);
      if (mark < 0) {
        return null;
      }
      String code = text.substring(0, mark);
      return text.equals(sealed(code)) ? code : null;
    } catch (IOException e) {
      // Not there, or not text any more.
      return null;
    }
  }

  void write(String key, String code) {
    try {
      CacheFolder.write(folder, fileName(key), sealed(code).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // A folder that cannot be written only costs compiling again.
      System.getLogger(KernelCache.class.getName())
          .log(System.Logger.Level.DEBUG, "compiled kernels were not kept", e);
    }
  }

  Path file(String key) {
    return folder.resolve(fileName(key));
  }

  private static String fileName(String key) {
    return key + ".ptx";
  }

  private static String sealed(String code) {
    CRC32 sum = new CRC32();
    sum.update(code.getBytes(StandardCharsets.UTF_8));
    return code + MARK + Long.toHexString(sum.getValue()) + "\n";
  }
}

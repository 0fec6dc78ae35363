package scoria.bench.machine;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** What this process can load, for processes that it starts on the class path. */
public final class ClassPath {
  private ClassPath() {}

  /** Class path and module path together; a folder on the latter may hold jars. */
  public static String here() {
    List<String> entries = new ArrayList<>();
    for (String path : List.of("java.class.path", "jdk.module.path")) {
      for (String entry : System.getProperty(path, "").split(File.pathSeparator, -1)) {
        if (entry.isEmpty()) {
          continue;
        }
        entries.add(entry);
        if (new File(entry).isDirectory()) {
          entries.add(entry + File.separator + "*");
        }
      }
    }
    return String.join(File.pathSeparator, entries);
  }
}

package scoria.bench.data;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import scoria.bench.UserError;

/** The data sets that the command line knows, by name. */
public final class DataSets {
  private static final Path FASHION = Path.of("/usr/share/datasets/fashion-mnist");

  private static final Map<String, Supplier<DataSet>> NAMED =
      new TreeMap<>(
          Map.of(
              "two-moons",
              () ->
                  new Generated(
                      "two-moons", "scikit-learn's make_moons, noise 0.1", 2.5, Toys::twoMoons),
              "8gaussians",
              () ->
                  new Generated(
                      "8gaussians", "eight Gaussians on a circle", 4.5, Toys::eightGaussians),
              "checkerboard",
              () ->
                  new Generated(
                      "checkerboard", "black squares of a board", 4.5, Toys::checkerboard),
              "swiss-roll",
              () ->
                  new Generated(
                      "swiss-roll", "scikit-learn's make_swiss_roll in 2-D", 3.5, Toys::swissRoll),
              "mixture",
              () ->
                  new Generated("mixture", "three Gaussians of unequal weight", 4.5, Toys::mixture),
              "digits",
              Digits::load,
              "fashion",
              DataSets::fashion));

  /** How each kind of file is written, for messages. */
  private static final String FILES = "npy:FILE, csv:FILE, idx:DIR";

  private DataSets() {}

  /** The names, for help and messages. */
  public static String known() {
    return String.join(", ", NAMED.keySet()) + ", " + FILES;
  }

  /**
   * Opens a data set.
   *
   * @param name one of {@link #known}
   * @throws UserError if there is none of that name, or its file is missing or damaged
   */
  public static DataSet of(String name) {
    Supplier<DataSet> named = NAMED.get(name);
    if (named != null) {
      return named.get();
    }
    int colon = name.indexOf(':');
    String kind = colon < 0 ? "" : name.substring(0, colon);
    if (!List.of("npy", "csv", "idx").contains(kind)) {
      throw unknown(name);
    }
    String place = name.substring(colon + 1);
    try {
      Path path = Path.of(place);
      if (!Files.exists(path) || place.isEmpty()) {
        throw new UserError(
            "there is no " + (kind.equals("idx") ? "folder '" : "file '") + place + "'");
      }
      if (Files.isDirectory(path) != kind.equals("idx")) {
        throw new UserError(
            "'" + place + "' is " + (kind.equals("idx") ? "no folder" : "a folder, not a file"));
      }
      return switch (kind) {
        case "npy" -> NpyFile.load(name, path);
        case "csv" -> csv(name, path);
        default -> IdxImages.load(name, path);
      };
    } catch (InvalidPathException | IOException e) {
      throw new UserError("cannot read '" + place + "': " + e.getMessage(), e);
    }
  }

  private static DataSet csv(String name, Path file) throws IOException {
    try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      CsvTable table = CsvTable.read(text, file.toString());
      return new Samples(name, file.toString(), table.values(), List.of(table.width()));
    } catch (CharacterCodingException e) {
      throw new UserError(file + " is no text in UTF-8", e);
    }
  }

  private static DataSet fashion() {
    if (!Files.isDirectory(FASHION)) {
      throw new UserError(
          "Fashion-MNIST is not at "
              + FASHION
              + ": apt install dataset-fashion-mnist puts it there, or name its folder with idx:DIR");
    }
    try {
      return IdxImages.load("fashion", FASHION);
    } catch (IOException e) {
      throw new UserError("cannot read " + FASHION + ": " + e.getMessage(), e);
    }
  }

  private static UserError unknown(String name) {
    for (String kind : List.of("npy", "csv")) {
      if (name.endsWith("." + kind)) {
        return new UserError(
            "there is no data set '" + name + "'; a file is named " + kind + ":" + name);
      }
    }
    String nearest =
        NAMED.keySet().stream()
            .min(Comparator.comparingInt(known -> edits(name, known)))
            .orElseThrow();
    String hint =
        edits(name, nearest) <= Math.max(2, nearest.length() / 2)
            ? "; did you mean " + nearest + "?"
            : "";
    return new UserError(
        "there is no data set '" + name + "'" + hint + " (there are " + known() + ")");
  }

  /** Levenshtein's distance. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}

package scoria.bench.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * The 1797 handwritten digits that are shipped; {@code digits.SOURCE.txt} beside them says whose.
 */
final class Digits {
  private static final int PIXELS = 64;

  private Digits() {}

  static Samples load() {
    try (InputStream file =
            Objects.requireNonNull(Digits.class.getResourceAsStream("digits.csv.gz"));
        InputStreamReader text =
            new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII)) {
      // The last column is the digit's name, which nothing here is told.
      CsvTable table = CsvTable.read(text, "digits").columns(PIXELS);
      return new Samples(
          "digits",
          "Optical Recognition of Handwritten Digits (UCI), test set, CC BY 4.0",
          table.values(),
          List.of(8, 8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package scoria.bench.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import java.util.List;
import scoria.bench.UserError;

/**
 * Numbers in rows, read from text with commas in between and, if it likes, a first line of names.
 *
 * @param values row after row
 * @param width numbers in a row
 */
record CsvTable(float[] values, int width) {
  /**
   * @param file name for messages
   * @throws UserError if a field is no number, or a row has more or fewer than the first
   */
  static CsvTable read(Reader text, String file) throws IOException {
    float[] values = new float[1024];
    int size = 0;
    int width = -1;
    try (CsvReader<CsvRecord> rows =
        CsvReader.builder()
            .skipEmptyLines(true)
            .allowExtraFields(true)
            .allowMissingFields(true)
            .ofCsvRecord(text)) {
      boolean first = true;
      for (CsvRecord row : rows) {
        List<String> fields = row.getFields();
        boolean header = first && fields.stream().noneMatch(CsvTable::isNumber);
        first = false;
        width = width < 0 ? fields.size() : width;
        if (fields.size() != width) {
          throw new UserError(
              file
                  + ", line "
                  + row.getStartingLineNumber()
                  + ": has "
                  + fields.size()
                  + " fields where the first line has "
                  + width);
        }
        if (header) {
          continue;
        }
        if (values.length - size < width) {
          values = Arrays.copyOf(values, Math.max(size + width, 2 * values.length));
        }
        for (int i = 0; i < width; i++) {
          values[size++] = number(fields.get(i), file, row.getStartingLineNumber(), i);
        }
      }
    } catch (CsvParseException e) {
      throw new UserError(file + " is no CSV text: " + e.getMessage(), e);
    }
    return new CsvTable(Arrays.copyOf(values, size), Math.max(width, 0));
  }

  /** The first columns only. */
  CsvTable columns(int count) {
    int rows = values.length / width;
    float[] out = new float[rows * count];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(values, i * width, out, i * count, count);
    }
    return new CsvTable(out, count);
  }

  private static boolean isNumber(String field) {
    try {
      Float.parseFloat(field.strip());
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static float number(String field, String file, long line, int column) {
    try {
      return Float.parseFloat(field.strip());
    } catch (NumberFormatException e) {
      throw new UserError(
          file
              + ", line "
              + line
              + ", field "
              + (column + 1)
              + ": '"
              + shortened(field)
              + "' is no number",
          e);
    }
  }

  private static String shortened(String field) {
    return field.length() <= 30 ? field : field.substring(0, 30) + "...";
  }
}

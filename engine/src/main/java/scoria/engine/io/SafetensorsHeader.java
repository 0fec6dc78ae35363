package scoria.engine.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import scoria.kernels.cpu.ElementType;

/**
 * What a safetensors file says of itself: where each array lies, and the metadata.
 *
 * @param metadata free text by key
 * @param entries the arrays, in the order of their bytes
 */
record SafetensorsHeader(SequencedMap<String, String> metadata, List<Entry> entries) {
  static final String METADATA = "__metadata__";

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * An array's place.
   *
   * @param name its name
   * @param dtype what its elements are
   * @param shape length of each axis
   * @param begin its first byte, counted from the end of the header
   * @param end the byte after its last
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Entry(String name, ElementType dtype, long[] shape, long begin, long end) {}

  /**
   * Reads and checks the JSON text.
   *
   * @param length bytes after the header
   */
  static SafetensorsHeader parse(String text, long length, String file) throws IOException {
    SequencedMap<String, String> metadata = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    try (JsonParser json = JSON.createParser(text)) {
      expect(json.nextToken(), JsonToken.START_OBJECT, "the header", file);
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        if (name.equals(METADATA)) {
          readMetadata(json, metadata, file);
        } else {
          entries.add(readEntry(json, name, file));
        }
      }
      if (json.nextToken() != null) {
        throw new FormatException(file, "something other than spaces follows the header's object");
      }
    } catch (JsonProcessingException e) {
      throw new FormatException(file, "the header is not JSON: " + e.getOriginalMessage(), e);
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    checkPlaces(entries, length, file);
    return new SafetensorsHeader(metadata, entries);
  }

  private static void readMetadata(JsonParser json, Map<String, String> metadata, String file)
      throws IOException {
    expect(json.currentToken(), JsonToken.START_OBJECT, METADATA, file);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      expect(json.nextToken(), JsonToken.VALUE_STRING, METADATA + "'s '" + key + "'", file);
      metadata.put(key, json.getText());
    }
  }

  private static Entry readEntry(JsonParser json, String name, String file) throws IOException {
    @Nullable ElementType dtype = null;
    long @Nullable [] shape = null;
    long @Nullable [] offsets = null;
    expect(json.currentToken(), JsonToken.START_OBJECT, "array '" + name + "'", file);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      String what = key + " of array '" + name + "'";
      json.nextToken();
      switch (key) {
        case "dtype" -> {
          expect(json.currentToken(), JsonToken.VALUE_STRING, what, file);
          dtype = dtype(json.getText(), name, file);
        }
        case "shape" -> shape = readNumbers(json, what, file);
        case "data_offsets" -> offsets = readNumbers(json, what, file);
        default -> throw new FormatException(file, "the format knows no " + what);
      }
    }
    if (dtype == null || shape == null || offsets == null || offsets.length != 2) {
      throw new FormatException(
          file, "array '" + name + "' should have a dtype, a shape and two data_offsets");
    }
    return new Entry(name, dtype, shape, offsets[0], offsets[1]);
  }

  private static ElementType dtype(String text, String name, String file) throws FormatException {
    for (ElementType dtype : ElementType.values()) {
      if (dtype.name().equals(text)) {
        return dtype;
      }
    }
    throw new FormatException(
        file,
        "array '"
            + name
            + "' is of dtype "
            + text
            + ", which is not supported; supported are "
            + Arrays.toString(ElementType.values()));
  }

  private static long[] readNumbers(JsonParser json, String what, String file) throws IOException {
    expect(json.currentToken(), JsonToken.START_ARRAY, what, file);
    List<Long> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, what, file);
      long number = json.getLongValue();
      if (number < 0) {
        throw new FormatException(file, what + " is negative");
      }
      numbers.add(number);
    }
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private static void expect(@Nullable JsonToken got, JsonToken wanted, String what, String file)
      throws FormatException {
    if (got != wanted) {
      String should =
          switch (wanted) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a string";
            default -> "integers only";
          };
      throw new FormatException(file, what + " should be " + should);
    }
  }

  /** The arrays must fill the file: no byte in two of them, none in no one. */
  private static void checkPlaces(List<Entry> entries, long length, String file)
      throws FormatException {
    long at = 0;
    for (Entry entry : entries) {
      String array = "array '" + entry.name() + "'";
      if (entry.begin() != at) {
        throw new FormatException(
            file,
            array
                + " begins at byte "
                + entry.begin()
                + (entry.begin() < at ? ", inside another that" : ", after a hole: the one before")
                + " ends at "
                + at);
      }
      long bytes;
      try {
        bytes = ArrayData.byteSize(entry.dtype(), entry.shape());
      } catch (ArithmeticException e) {
        throw new FormatException(file, array + " is too large to exist", e);
      }
      if (entry.end() - entry.begin() != bytes) {
        throw new FormatException(
            file,
            array
                + " of "
                + entry.dtype()
                + Arrays.toString(entry.shape())
                + " takes "
                + bytes
                + " bytes, and its data_offsets give it "
                + (entry.end() - entry.begin()));
      }
      at = entry.end();
    }
    if (at != length) {
      throw new FormatException(
          file,
          (at > length ? "is cut short: " : "is too long: ")
              + "its arrays take "
              + at
              + " bytes, and "
              + length
              + " follow the header");
    }
  }

  /** The JSON text, without blanks. */
  String text() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(METADATA);
        for (Map.Entry<String, String> item : metadata.entrySet()) {
          json.writeStringField(item.getKey(), item.getValue());
        }
        json.writeEndObject();
      }
      for (Entry entry : entries) {
        json.writeObjectFieldStart(entry.name());
        json.writeStringField("dtype", entry.dtype().name());
        json.writeFieldName("shape");
        json.writeArray(entry.shape(), 0, entry.shape().length);
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {entry.begin(), entry.end()}, 0, 2);
        json.writeEndObject();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new AssertionError("a string takes every text", e);
    }
    return text.toString();
  }
}

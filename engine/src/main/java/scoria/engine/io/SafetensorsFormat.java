package scoria.engine.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import scoria.engine.io.SafetensorsHeader.Entry;
import scoria.kernels.cpu.AlignedMemory;
import scoria.kernels.cpu.ElementType;

/**
 * Safetensors: named arrays and some text in one file that holds no code.
 *
 * <p>Eight bytes, little-endian, give the length of a JSON header; the arrays' bytes follow it.
 * Supported are the dtypes F32, F64, I64, I32, U8 and BOOL. The same arrays and metadata always
 * give the same bytes.
 *
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 */
public final class SafetensorsFormat {
  /** The limit that the format sets. */
  private static final long MAX_HEADER = 100_000_000;

  /** A header is padded with spaces to a multiple of this, so that 8-byte elements are aligned. */
  private static final int ALIGNMENT = 8;

  /** The order of arrays in a file: the widest elements first, so that all are aligned. */
  private static final List<ElementType> ORDER =
      List.of(
          ElementType.I64,
          ElementType.F64,
          ElementType.F32,
          ElementType.I32,
          ElementType.U8,
          ElementType.BOOL);

  private static final Comparator<Map.Entry<String, ArrayData>> PLACE =
      Comparator.<Map.Entry<String, ArrayData>>comparingInt(
              array -> ORDER.indexOf(array.getValue().dtype()))
          .thenComparing(
              array -> array.getKey().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private SafetensorsFormat() {}

  /**
   * What a file holds.
   *
   * @param arrays arrays by name, in the order of their bytes
   * @param metadata free text by key; empty if the file has none
   */
  public record Contents(
      SequencedMap<String, ArrayData> arrays, SequencedMap<String, String> metadata) {}

  /**
   * Reads all arrays.
   *
   * @param file the file
   * @param arena what frees the arrays' memory
   * @return arrays and metadata
   * @throws FormatException if the file is damaged, or holds what is not supported
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if it cannot be read
   */
  public static Contents read(Path file, Arena arena) throws IOException {
    String name = file.toString();
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      long length = in.size();
      if (length < Long.BYTES) {
        throw new FormatException(
            name, "has " + length + " bytes; a safetensors file has at least 10");
      }
      byte[] prefix = new byte[Long.BYTES];
      Elements.read(in, MemorySegment.ofArray(prefix), name);
      long headerLength = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (headerLength < 2 || headerLength > MAX_HEADER) {
        throw new FormatException(
            name,
            "is not a safetensors file: its first 8 bytes give a header of "
                + Long.toUnsignedString(headerLength)
                + " bytes, which can have 2 to "
                + MAX_HEADER);
      }
      long left = length - Long.BYTES - headerLength;
      if (left < 0) {
        throw new FormatException(
            name, "is cut short: it ends within its header of " + headerLength + " bytes");
      }
      SafetensorsHeader header =
          SafetensorsHeader.parse(headerText(in, (int) headerLength, name), left, name);
      SequencedMap<String, ArrayData> arrays = new LinkedHashMap<>();
      for (Entry entry : header.entries()) {
        MemorySegment data = AlignedMemory.allocate(arena, entry.end() - entry.begin());
        Elements.read(in, data, name);
        Elements.checkBools(entry.dtype(), data, name);
        arrays.put(entry.name(), new ArrayData(entry.dtype(), entry.shape(), data));
      }
      return new Contents(arrays, header.metadata());
    }
  }

  private static String headerText(FileChannel in, int length, String file) throws IOException {
    byte[] text = new byte[length];
    Elements.read(in, MemorySegment.ofArray(text), file);
    if (text[0] != '{') {
      throw new FormatException(file, "is not a safetensors file: its header is no JSON object");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    } catch (CharacterCodingException e) {
      throw new FormatException(file, "the header is not UTF-8", e);
    }
  }

  /**
   * Writes named arrays. An older file is replaced, once the new one is whole.
   *
   * @param file the file, in a folder that exists
   * @param arrays what to write; the map's order does not matter
   * @param metadata free text by key; the map's order does not matter
   * @throws IllegalArgumentException if an array is named {@code __metadata__}
   * @throws IOException if it cannot be written; an older file is then still there
   */
  public static void write(Path file, Map<String, ArrayData> arrays, Map<String, String> metadata)
      throws IOException {
    if (arrays.containsKey(SafetensorsHeader.METADATA)) {
      throw new IllegalArgumentException(
          "an array cannot be named __metadata__: the format has that name for its metadata");
    }
    List<Map.Entry<String, ArrayData>> placed = arrays.entrySet().stream().sorted(PLACE).toList();
    List<Entry> entries = new ArrayList<>();
    long at = 0;
    for (Map.Entry<String, ArrayData> array : placed) {
      ArrayData value = array.getValue();
      long end = Math.addExact(at, value.data().byteSize());
      entries.add(new Entry(array.getKey(), value.dtype(), value.shape(), at, end));
      at = end;
    }
    byte[] header = header(new SafetensorsHeader(new TreeMap<>(metadata), entries));
    AtomicFile.write(
        file,
        out -> {
          Elements.write(out, MemorySegment.ofArray(header));
          for (Map.Entry<String, ArrayData> array : placed) {
            Elements.write(out, array.getValue().data());
          }
        });
  }

  /** The eight bytes of length and the padded header. */
  private static byte[] header(SafetensorsHeader header) {
    byte[] text = header.text().getBytes(StandardCharsets.UTF_8);
    int padded = Math.ceilDiv(text.length, ALIGNMENT) * ALIGNMENT;
    if (padded > MAX_HEADER) {
      throw new IllegalArgumentException(
          "names and metadata take " + padded + " bytes; the format allows " + MAX_HEADER);
    }
    byte[] bytes = new byte[Long.BYTES + padded];
    Arrays.fill(bytes, (byte) ' ');
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(text);
    return bytes;
  }
}

package scoria.engine.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scoria.kernels.cpu.ElementType;

class SafetensorsFormatTest {
  private static final String F4 = "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";
  private static final Map<String, String> METADATA = Map.of("format", "np", "note", "\u00e9\"\\");

  @TempDir private Path folder;

  /** The arrays that {@code make_files.py} writes. */
  private static Map<String, ArrayData> arrays() {
    Map<String, ArrayData> arrays = new TreeMap<>();
    for (String dtype : List.of("i8", "f8", "f4", "i4", "u1", "b1")) {
      ElementType type = TestArrays.dtype(dtype);
      arrays.put("a." + dtype, TestArrays.of(type, TestArrays.SHAPE));
      arrays.put("b." + dtype, TestArrays.of(type));
      arrays.put("c." + dtype, TestArrays.of(type, 0, 4));
    }
    return arrays;
  }

  @Test
  void readsAndWritesTheFormatByteForByte() throws IOException {
    Path file = TestArrays.file(folder, "all.safetensors");
    SafetensorsFormat.Contents read = SafetensorsFormat.read(file, Arena.ofAuto());
    assertEquals(arrays(), read.arrays());
    assertEquals(METADATA, read.metadata());
    read.arrays().forEach((name, a) -> assertEquals(0, a.data().address() % 64, name));
    SafetensorsFormat.write(file, arrays(), METADATA);
    assertArrayEquals(TestArrays.resource("all.safetensors"), Files.readAllBytes(file));
  }

  @Test
  void nothingAtAllIsAFile() throws IOException {
    Path file = folder.resolve("nothing");
    SafetensorsFormat.write(file, Map.of(), Map.of());
    assertArrayEquals(bytes("{}      ", 0), Files.readAllBytes(file));
    assertTrue(SafetensorsFormat.read(file, Arena.ofAuto()).arrays().isEmpty());
  }

  @Test
  void noPrefixOfAFileIsTaken() throws IOException {
    byte[] whole = TestArrays.resource("all.safetensors");
    for (int length = 0; length < whole.length; length += length < 16 ? 1 : 13) {
      refuse(Arrays.copyOf(whole, length), "");
    }
    refuse(Arrays.copyOf(whole, whole.length - 1), "is cut short");
    refuse(Arrays.copyOf(whole, whole.length + 1), "is too long");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|is too long: its arrays take 0 bytes, and 8 follow",
        "[1]|its header is no JSON object",
        "{\"a\":F4,\"a\":F4}|Duplicate",
        "{\"a\":F4,\"b\":F4}|array 'b' begins at byte 0, inside another",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|after a hole",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}}|takes 4 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}|is cut short",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[8,0]}}|begins at byte 8",
        "{\"a\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[0,8]}}|dtype BF16",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}|shape of array 'a' is neg",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}|integers only",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}}|range",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}|too large",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,8]}}|two data_offsets",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}|two data_offsets",
        "{\"a\":{\"dtype\":3,\"shape\":[2],\"data_offsets\":[0,8]}}|should be a string",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}|should be a list",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"x\":1}}|knows no x",
        "{\"a\":[]}|array 'a' should be an object",
        "{\"__metadata__\":{\"k\":1},\"a\":F4}|should be a string",
        "{\"a\":F4}{}|follows the header's object",
        "{\"a\":F4|is not JSON",
        "{\"a\\nb\":{}}|array 'a b' should have a dtype",
      })
  void damagedHeadersAreNamed(String header, String problem) throws IOException {
    refuse(bytes(header.replace("F4", F4), 8), problem);
  }

  @Test
  void otherDamageIsNamed() throws IOException {
    refuse(new byte[8], "a header of 0 bytes");
    byte[] huge = bytes("{}", 0);
    ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putLong(100_000_001);
    refuse(huge, "a header of 100000001 bytes");
    Arrays.fill(huge, 0, 8, (byte) 0xff);
    refuse(huge, "a header of 18446744073709551615 bytes");
    byte[] notUtf8 = bytes("{\"?\":" + F4 + "}", 8);
    notUtf8[10] = (byte) 0xc0;
    refuse(notUtf8, "is not UTF-8");
    byte[] bool = bytes("{\"a\":{\"dtype\":\"BOOL\",\"shape\":[8],\"data_offsets\":[0,8]}}", 8);
    bool[bool.length - 1] = 3;
    refuse(bool, "bool element 7 is 3");
    assertThrows(
        NoSuchFileException.class,
        () -> SafetensorsFormat.read(folder.resolve("nowhere"), Arena.ofAuto()));
  }

  @Test
  void noArrayIsNamedAsTheMetadata() {
    Map<String, ArrayData> arrays = Map.of("__metadata__", TestArrays.of(ElementType.F32, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> SafetensorsFormat.write(folder.resolve("a"), arrays, Map.of()));
  }

  @Test
  void aWriteThatFailsLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("model.safetensors"), "old");
    ArrayData gone;
    try (Arena arena = Arena.ofConfined()) {
      gone = ArrayData.allocate(arena, ElementType.F32, 4);
    }
    Map<String, ArrayData> arrays = Map.of("a", TestArrays.of(ElementType.F32, 4), "b", gone);
    assertThrows(
        IllegalStateException.class, () -> SafetensorsFormat.write(file, arrays, Map.of()));
    assertEquals("old", Files.readString(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  private static byte[] bytes(String header, int dataBytes) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + dataBytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }

  private void refuse(byte[] bytes, String problem) throws IOException {
    Path file = Files.write(folder.resolve("damaged.safetensors"), bytes);
    FormatException e =
        assertThrows(FormatException.class, () -> SafetensorsFormat.read(file, Arena.ofAuto()));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(file + ": ") && message.contains(problem), message);
    assertEquals(1, message.lines().count());
  }
}

package scoria.engine.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import scoria.kernels.cpu.ElementType;

class NpzFormatTest {
  @TempDir private Path folder;

  private static SequencedMap<String, ArrayData> arrays() {
    SequencedMap<String, ArrayData> arrays = new LinkedHashMap<>();
    arrays.put("x", TestArrays.of(ElementType.F32, TestArrays.SHAPE));
    arrays.put("layers.0.weight", TestArrays.of(ElementType.F64, TestArrays.SHAPE));
    arrays.put("n", TestArrays.of(ElementType.I64));
    return arrays;
  }

  @ParameterizedTest
  @ValueSource(strings = {"stored.npz", "deflated.npz"})
  void readsWhatNumpyWrote(String name) throws IOException {
    var read = NpzFormat.read(TestArrays.file(folder, name), Arena.ofAuto());
    assertEquals(arrays(), read);
    assertEquals(List.copyOf(arrays().keySet()), List.copyOf(read.keySet()));
  }

  @ParameterizedTest
  @EnumSource
  void readsWhatItWrote(NpzFormat.Compression compression) throws IOException {
    SequencedMap<String, ArrayData> arrays = arrays();
    arrays.put("large", TestArrays.of(ElementType.F64, 333, 1001));
    Path file = folder.resolve("a.npz");
    NpzFormat.write(file, arrays, compression);
    assertEquals(arrays, NpzFormat.read(file, Arena.ofAuto()));
    byte[] first = Files.readAllBytes(file);
    NpzFormat.write(file, arrays, compression);
    assertArrayEquals(first, Files.readAllBytes(file));
  }

  @Test
  void damageIsNamed() throws IOException {
    byte[] whole = TestArrays.resource("deflated.npz");
    for (int length = 0; length < whole.length; length += 7) {
      refuse(Arrays.copyOf(whole, length), "not a whole .npz (zip) file");
    }
    refuse(TestArrays.resource("vector.npy"), "not a whole .npz (zip) file");
    refuse(zip("readme.txt", new byte[] {1}), "holds 'readme.txt'");
    refuse(zip("x.npy", new byte[] {1}), "/x.npy: is cut short");
    assertThrows(
        NoSuchFileException.class,
        () -> NpzFormat.read(folder.resolve("nowhere.npz"), Arena.ofAuto()));
  }

  @Test
  void damagedContentIsNamed() throws IOException {
    byte[] stored = TestArrays.resource("stored.npz");
    // Behind an entry's 30 bytes, its name, a field of 20 and the array's own header.
    stored[30 + "x.npy".length() + 20 + 128]++;
    refuse(stored, "/x.npy: is damaged: its checksum is wrong");
    byte[] deflated = TestArrays.resource("deflated.npz");
    Arrays.fill(deflated, 55, 100, (byte) 0xff);
    refuse(deflated, "");
  }

  @Test
  void sizesThatCannotBeAreNotBelieved() throws IOException {
    byte[] bytes = zip("x.npy", TestArrays.resource("vector.npy"));
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int directory = buffer.getInt(bytes.length - 6);
    buffer.putInt(directory + 24, 0x7fffffff);
    refuse(bytes, "claims 2147483647 bytes, more than");
  }

  private byte[] zip(String name, byte[] content) throws IOException {
    Path file = folder.resolve("any.zip");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return Files.readAllBytes(file);
  }

  private void refuse(byte[] bytes, String problem) throws IOException {
    Path file = Files.write(folder.resolve("damaged.npz"), bytes);
    FormatException e =
        assertThrows(FormatException.class, () -> NpzFormat.read(file, Arena.ofAuto()));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(file.toString()) && message.contains(problem), message);
    assertEquals(1, message.lines().count());
  }
}

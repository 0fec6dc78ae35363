package scoria.engine.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scoria.kernels.cpu.ElementType;

class NpyFormatTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f4_little_rows_1",
        "f8_little_rows_1",
        "i8_little_rows_1",
        "i4_little_rows_1",
        "u1_little_rows_1",
        "b1_little_rows_1",
        "f4_little_columns_1",
        "f8_little_columns_1",
        "i8_little_columns_1",
        "i4_little_columns_1",
        "u1_little_columns_1",
        "b1_little_columns_1",
        "f4_big_rows_1",
        "f8_big_rows_1",
        "i8_big_rows_1",
        "i4_big_rows_1",
        "f8_big_columns_1",
        "f4_little_rows_2",
        "f4_little_rows_3",
        "i4_little_columns_3",
      })
  void readsWhatNumpyWrote(String name) throws IOException {
    assertEquals(TestArrays.of(TestArrays.dtype(name), TestArrays.SHAPE), read(name + ".npy"));
  }

  @Test
  void readsOtherShapesAndSpecialValues() throws IOException {
    assertEquals(TestArrays.of(ElementType.F64), read("number.npy"));
    assertEquals(TestArrays.of(ElementType.F32, 5), read("vector.npy"));
    assertEquals(TestArrays.of(ElementType.I64, 3, 0, 2), read("empty.npy"));
    float inf = Float.POSITIVE_INFINITY;
    assertEquals(
        TestArrays.floats(Float.NaN, -0f, inf, -inf, 1e-45f, 3.4e38f), read("special.npy"));
  }

  @ParameterizedTest
  @CsvSource({"f4", "f8", "i8", "i4", "u1", "b1"})
  void writesByteForByteWhatNumpyWrites(String dtype) throws IOException {
    ArrayData array = TestArrays.of(TestArrays.dtype(dtype), TestArrays.SHAPE);
    assertArrayEquals(TestArrays.resource(dtype + "_little_rows_1.npy"), written(array));
  }

  @Test
  void writesOtherShapesAsNumpyDoes() throws IOException {
    assertArrayEquals(TestArrays.resource("number.npy"), written(TestArrays.of(ElementType.F64)));
    assertArrayEquals(
        TestArrays.resource("vector.npy"), written(TestArrays.of(ElementType.F32, 5)));
    assertArrayEquals(
        TestArrays.resource("empty.npy"), written(TestArrays.of(ElementType.I64, 3, 0, 2)));
  }

  @Test
  void largerThanABufferAndInASharedArena() throws IOException {
    ArrayData array = TestArrays.of(ElementType.F64, 333, 1001);
    Path file = folder.resolve("large.npy");
    NpyFormat.write(file, array);
    try (Arena arena = Arena.ofShared()) {
      ArrayData read = NpyFormat.read(file, arena);
      assertEquals(array, read);
      assertEquals(0, read.data().address() % 64);
      NpyFormat.write(file, read);
    }
    assertEquals(array, NpyFormat.read(file, Arena.ofAuto()));
  }

  @Test
  void noPrefixOfAFileIsTaken() throws IOException {
    byte[] whole = TestArrays.resource("f4_little_rows_2.npy");
    for (int length = 0; length < whole.length; length++) {
      refuse(Arrays.copyOf(whole, length), length < 6 ? "cut short" : "");
    }
    refuse(Arrays.copyOf(whole, whole.length + 1), "too long: F32[2, 3, 4] takes 96 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'descr': '<f2', 'fortran_order': False, 'shape': (1,), }|dtype '<f2' are not supported",
        "{'descr': '', 'fortran_order': False, 'shape': (1,), }|dtype '' are not supported",
        "{'descr': [('a', '<f4', [1, ']'])], 'fortran_order': False, 'shape': (1,)}|with fields",
        "{'descr': '<f4', 'fortran_order': 'no', 'shape': (1,), }|neither True nor False",
        "{'descr': '<f4', 'fortran_order': False, 'shape': 'x', }|not a tuple",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1), }|',' should follow",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }|an integer from 0",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775808,), }|2^63",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }|too large",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904,), }|too large",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000,), }|cut short",
        "{'descr': '<f4', 'fortran_order': False}|the keys [descr, fortran_order]",
        "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,), }|comes twice",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), } x|nothing should follow",
        "{'descr': '<f4' 'fortran_order': False, 'shape': (1,), }|',' or '}' should follow",
        "{'descr': [[1, 2|a list has no end",
        "{'descr: 1|a string should follow",
        "[]|'{' should follow",
      })
  void damagedHeadersAreNamed(String header, String problem) throws IOException {
    refuse(npy(header, 4), problem);
  }

  @Test
  void spellingsThatPythonAllows() throws IOException {
    ArrayData array = TestArrays.floats(0);
    Path file = folder.resolve("spelling.npy");
    Files.write(file, npy("{\"shape\" : ( 1L, ) , 'fortran_order':True,'descr':\"=f4\"}\n", 4));
    assertEquals(array, NpyFormat.read(file, Arena.ofAuto()));
  }

  @Test
  void otherDamageIsNamed() throws IOException {
    byte[] file = TestArrays.resource("b1_little_rows_1.npy");
    file[file.length - 1] = 2;
    refuse(file, "bool element 23 is 2; it can be 0 or 1");
    file[6] = 4;
    refuse(file, "version 4.0");
    file[6] = 2;
    file[10] = (byte) 0xff;
    file[11] = (byte) 0xff;
    refuse(file, "claims a header of");
    file[0] = 0;
    refuse(file, "is not a .npy file");
    refuse(TestArrays.resource("half.npy"), "'<f2'");
    refuse(TestArrays.resource("fields.npy"), "with fields");
    assertThrows(
        NoSuchFileException.class,
        () -> NpyFormat.read(folder.resolve("nowhere.npy"), Arena.ofAuto()));
  }

  private ArrayData read(String name) throws IOException {
    return NpyFormat.read(TestArrays.file(folder, name), Arena.ofAuto());
  }

  private byte[] written(ArrayData array) throws IOException {
    Path file = folder.resolve("written.npy");
    NpyFormat.write(file, array);
    return Files.readAllBytes(file);
  }

  private static byte[] npy(String header, int dataBytes) {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    byte[] file = Arrays.copyOf(NpyHeader.MAGIC, 10 + text.length + dataBytes);
    file[6] = 1;
    file[8] = (byte) text.length;
    System.arraycopy(text, 0, file, 10, text.length);
    return file;
  }

  private void refuse(byte[] bytes, String problem) throws IOException {
    Path file = Files.write(folder.resolve("damaged.npy"), bytes);
    FormatException e =
        assertThrows(FormatException.class, () -> NpyFormat.read(file, Arena.ofAuto()));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(file + ": ") && message.contains(problem), message);
    assertEquals(1, message.lines().count());
  }
}

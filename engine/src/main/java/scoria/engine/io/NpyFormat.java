package scoria.engine.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import scoria.kernels.cpu.AlignedMemory;

/**
 * NumPy's {@code .npy}: one array a file.
 *
 * <p>Reads versions 1.0, 2.0 and 3.0, both byte orders and both orders of axes, of the dtypes
 * float32, float64, int64, int32, uint8 and bool; writes version 1.0, little-endian and row-major,
 * byte for byte what {@code numpy.save} writes.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the
 *     format</a>
 */
public final class NpyFormat {
  /** The longest that is believed: a header for the dtypes above has a few hundred bytes. */
  private static final long MAX_HEADER = 1 << 20;

  private NpyFormat() {}

  /**
   * Reads an array.
   *
   * @param file the file
   * @param arena what frees the array's memory
   * @return the array, row-major and little-endian
   * @throws FormatException if the file is damaged, or holds what is not supported
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if it cannot be read
   */
  public static ArrayData read(Path file, Arena arena) throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(in, in.size(), file.toString(), arena);
    }
  }

  /**
   * Writes an array. An older file is replaced, once the new one is whole.
   *
   * @param file the file, in a folder that exists
   * @param array what to write
   * @throws IOException if it cannot be written; an older file is then still there
   */
  public static void write(Path file, ArrayData array) throws IOException {
    AtomicFile.write(file, out -> write(out, array));
  }

  static void write(WritableByteChannel out, ArrayData array) throws IOException {
    Elements.write(out, MemorySegment.ofArray(NpyHeader.format(array.dtype(), array.shape())));
    Elements.write(out, array.data());
  }

  /**
   * @param length bytes of the whole file
   */
  static ArrayData read(ReadableByteChannel in, long length, String file, Arena arena)
      throws IOException {
    byte[] prefix = bytes(in, 8, length, file);
    if (!Arrays.equals(prefix, 0, 6, NpyHeader.MAGIC, 0, 6)) {
      throw new FormatException(file, "is not a .npy file: it does not begin with \\x93NUMPY");
    }
    int version = prefix[6];
    if (version < 1 || version > 3 || prefix[7] != 0) {
      throw new FormatException(
          file,
          "has version "
              + (prefix[6] & 0xff)
              + "."
              + (prefix[7] & 0xff)
              + " of the .npy format; supported are 1.0, 2.0 and 3.0");
    }
    int lengthBytes = version == 1 ? 2 : 4;
    ByteBuffer field =
        ByteBuffer.wrap(bytes(in, lengthBytes, length - 8, file)).order(ByteOrder.LITTLE_ENDIAN);
    long headerLength = version == 1 ? field.getShort() & 0xffffL : field.getInt() & 0xffffffffL;
    if (headerLength > MAX_HEADER) {
      throw new FormatException(
          file, "claims a header of " + headerLength + " bytes; some hundred would be right");
    }
    long left = length - 8 - lengthBytes;
    byte[] text = bytes(in, (int) headerLength, left, file);
    Charset charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    NpyHeader header = NpyHeader.parse(new String(text, charset), file);
    return elements(in, header, left - headerLength, file, arena);
  }

  private static ArrayData elements(
      ReadableByteChannel in, NpyHeader header, long left, String file, Arena arena)
      throws IOException {
    long[] shape = header.shape();
    String array = header.dtype() + Arrays.toString(shape);
    long size;
    try {
      size = ArrayData.byteSize(header.dtype(), shape);
    } catch (ArithmeticException e) {
      throw new FormatException(file, "claims an array too large to exist, " + array, e);
    }
    if (size != left) {
      throw new FormatException(
          file,
          (left < size ? "is cut short: " : "is too long: ")
              + array
              + " takes "
              + size
              + " bytes, and "
              + left
              + " follow the header");
    }
    MemorySegment data = AlignedMemory.allocate(arena, size);
    if (header.columnMajor() && shape.length > 1) {
      try (Arena scratch = Arena.ofConfined()) {
        MemorySegment columnMajor = AlignedMemory.allocate(scratch, size);
        Elements.read(in, columnMajor, file);
        Elements.toRowMajor(columnMajor, shape, header.dtype().bytes(), data);
      }
    } else {
      Elements.read(in, data, file);
    }
    if (header.order() == ByteOrder.BIG_ENDIAN) {
      Elements.reverseBytes(data, header.dtype().bytes());
    }
    Elements.checkBools(header.dtype(), data, file);
    return new ArrayData(header.dtype(), shape, data);
  }

  private static byte[] bytes(ReadableByteChannel in, int count, long left, String file)
      throws IOException {
    if (count > left) {
      throw new FormatException(file, "is cut short: it ends within its header");
    }
    byte[] bytes = new byte[count];
    Elements.read(in, MemorySegment.ofArray(bytes), file);
    return bytes;
  }
}

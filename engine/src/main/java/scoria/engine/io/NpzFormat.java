package scoria.engine.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** NumPy's {@code .npz}: named arrays in a zip file, each as {@link NpyFormat} has it. */
public final class NpzFormat {
  private static final String SUFFIX = ".npy";

  /** Deflate makes at most this many bytes out of one; a file that claims more is damaged. */
  private static final long MAX_RATIO = 1032;

  /** The first that a zip file can hold; with the time of writing no two files would be equal. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private NpzFormat() {}

  /** How the arrays are held. */
  public enum Compression {
    /** As they are, as by {@code numpy.savez}. */
    STORED,
    /** Deflated, as by {@code numpy.savez_compressed}. */
    DEFLATED
  }

  /**
   * Reads all arrays.
   *
   * @param file the file
   * @param arena what frees the arrays' memory
   * @return the arrays by name, in the file's order
   * @throws FormatException if the file is damaged, or holds what is not supported
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if it cannot be read
   */
  public static SequencedMap<String, ArrayData> read(Path file, Arena arena) throws IOException {
    SequencedMap<String, ArrayData> arrays = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (!entry.getName().endsWith(SUFFIX)) {
          throw new FormatException(
              file.toString(),
              "holds '" + entry.getName() + "'; an .npz file holds .npy files only");
        }
        String name = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
        if (arrays.put(name, read(zip, entry, file + "/" + entry.getName(), arena)) != null) {
          throw new FormatException(file.toString(), "holds two arrays named '" + name + "'");
        }
      }
    } catch (ZipException e) {
      throw new FormatException(
          file.toString(), "is not a whole .npz (zip) file: " + e.getMessage(), e);
    }
    return arrays;
  }

  private static ArrayData read(ZipFile zip, ZipEntry entry, String name, Arena arena)
      throws IOException {
    if (entry.getSize() / MAX_RATIO > entry.getCompressedSize()) {
      throw new FormatException(
          name,
          "claims "
              + entry.getSize()
              + " bytes, more than the "
              + entry.getCompressedSize()
              + " it is packed in can hold");
    }
    CRC32 crc = new CRC32();
    try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), crc)) {
      ArrayData array = NpyFormat.read(Channels.newChannel(in), entry.getSize(), name, arena);
      if (crc.getValue() != entry.getCrc()) {
        throw new FormatException(name, "is damaged: its checksum is wrong");
      }
      return array;
    } catch (EOFException e) {
      throw new FormatException(name, "is cut short", e);
    }
  }

  /**
   * Writes named arrays. An older file is replaced, once the new one is whole.
   *
   * @param file the file, in a folder that exists
   * @param arrays what to write, in the map's order
   * @param compression whether to deflate
   * @throws IOException if it cannot be written; an older file is then still there
   */
  public static void write(Path file, Map<String, ArrayData> arrays, Compression compression)
      throws IOException {
    AtomicFile.write(
        file,
        out -> {
          // Finished, not closed: the channel is the caller's, who forces it to the disk.
          ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(out));
          for (Map.Entry<String, ArrayData> array : arrays.entrySet()) {
            zip.putNextEntry(entry(array.getKey(), array.getValue(), compression));
            WritableByteChannel content = Channels.newChannel(zip);
            NpyFormat.write(content, array.getValue());
            zip.closeEntry();
          }
          zip.finish();
        });
  }

  private static ZipEntry entry(String name, ArrayData array, Compression compression) {
    ZipEntry entry = new ZipEntry(name + SUFFIX);
    entry.setTimeLocal(TIME);
    if (compression == Compression.DEFLATED) {
      entry.setMethod(ZipEntry.DEFLATED);
      return entry;
    }
    // What is stored must be measured before it is written.
    byte[] header = NpyHeader.format(array.dtype(), array.shape());
    CRC32 crc = new CRC32();
    crc.update(header);
    Elements.forChunks(array.data(), crc::update);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(header.length + array.data().byteSize());
    entry.setCrc(crc.getValue());
    return entry;
  }
}

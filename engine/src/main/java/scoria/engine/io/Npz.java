package scoria.engine.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Map;
import java.util.SequencedMap;
import scoria.engine.tensor.Tensor;

/** Named tensors in NumPy's {@code .npz} files; see {@link NpzFormat}. */
public final class Npz {
  private Npz() {}

  /**
   * Reads all tensors, in the file's order. Their memory lives as long as they are reachable,
   * whatever scope is open.
   *
   * @throws FormatException if the file is damaged, or holds what is not supported
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if it cannot be read
   */
  public static SequencedMap<String, Tensor> read(Path file) throws IOException {
    return TensorArrays.tensors(NpzFormat.read(file, Arena.ofAuto()));
  }

  /**
   * Writes named tensors in the map's order. An older file is replaced, once the new one is whole.
   *
   * @throws IOException if it cannot be written; an older file is then still there
   */
  public static void write(
      Path file, Map<String, Tensor> tensors, NpzFormat.Compression compression)
      throws IOException {
    TensorArrays.with(tensors, arrays -> NpzFormat.write(file, arrays, compression));
  }
}

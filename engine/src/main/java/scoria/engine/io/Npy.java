package scoria.engine.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Map;
import scoria.engine.tensor.Tensor;

/** Tensors in NumPy's {@code .npy} files; see {@link NpyFormat}. */
public final class Npy {
  private static final String ONE = "array";

  private Npy() {}

  /**
   * Reads a tensor of the processor. Its memory lives as long as it is reachable, whatever scope is
   * open.
   *
   * @throws FormatException if the file is damaged, or holds what is not supported
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if it cannot be read
   */
  public static Tensor read(Path file) throws IOException {
    return TensorArrays.tensor(NpyFormat.read(file, Arena.ofAuto()));
  }

  /**
   * Writes a tensor. An older file is replaced, once the new one is whole.
   *
   * @throws IOException if it cannot be written; an older file is then still there
   */
  public static void write(Path file, Tensor tensor) throws IOException {
    TensorArrays.with(
        Map.of(ONE, tensor), arrays -> NpyFormat.write(file, arrays.firstEntry().getValue()));
  }
}

package scoria.engine.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import scoria.engine.tensor.Tensor;

/**
 * Named tensors and text in a safetensors file; see {@link SafetensorsFormat}.
 *
 * @param tensors by name; from a file in the order of their bytes
 * @param metadata free text by key; empty if there is none
 */
public record Safetensors(
    SequencedMap<String, Tensor> tensors, SequencedMap<String, String> metadata) {
  /** Copies the maps. */
  public Safetensors {
    tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Reads all tensors, to the processor. Their memory lives as long as they are reachable, whatever
   * scope is open.
   *
   * @throws FormatException if the file is damaged, or holds what is not supported
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if it cannot be read
   */
  public static Safetensors read(Path file) throws IOException {
    SafetensorsFormat.Contents contents = SafetensorsFormat.read(file, Arena.ofAuto());
    return new Safetensors(TensorArrays.tensors(contents.arrays()), contents.metadata());
  }

  /**
   * Writes named tensors; the order of the maps does not matter, and the same tensors and text give
   * the same bytes. An older file is replaced, once the new one is whole.
   *
   * @throws IllegalArgumentException if a tensor is named {@code __metadata__}
   * @throws IOException if it cannot be written; an older file is then still there
   */
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    TensorArrays.with(tensors, arrays -> SafetensorsFormat.write(file, arrays, metadata));
  }
}

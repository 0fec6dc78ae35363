package scoria.engine.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scoria.engine.memory.Scope;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/** Tensors of every type to files and back. */
class TensorFilesTest {
  @TempDir private Path folder;

  /** Every type as a matrix, as a view that is not dense, as a scalar and with no elements. */
  private static SequencedMap<String, Tensor> tensors() {
    SequencedMap<String, Tensor> out = new LinkedHashMap<>();
    for (DType dtype : DType.values()) {
      Tensor values =
          switch (dtype) {
            case FLOAT32 -> Tensor.of(new float[] {1.5f, -0f, Float.NaN, 1e-45f, -3e38f, 7}, 2, 3);
            case FLOAT64 -> Tensor.of(new double[] {0.1, -0d, 5e-324, 1e308, -2, 3}, 2, 3);
            case INT64 -> Tensor.of(new long[] {Long.MIN_VALUE, (1L << 53) + 1, 0, 1, 2, 3}, 2, 3);
            case INT32 -> Tensor.of(new int[] {Integer.MIN_VALUE, -1, 0, 1, 2, 3}, 2, 3);
            case UINT8 -> Tensor.of(new byte[] {0, 127, -128, -1, 4, 5}, 2, 3);
            case BOOL -> Tensor.of(new boolean[] {true, false, false, true, true, false}, 2, 3);
          };
      out.put(dtype + ".matrix", values);
      out.put(dtype + ".turned", values.transpose());
      out.put(dtype + ".one", values.get(0, 0).get(0, 1));
      out.put(dtype + ".none", values.narrow(0, 1, 0));
    }
    out.put("tracked", Tensor.ones(2).tracked().mul(3));
    return out;
  }

  private static void assertSame(Tensor expected, Tensor actual) {
    assertEquals(expected.signature(), actual.signature());
    Tensor dense = expected.detach().contiguous();
    assertEquals(-1, dense.segment().mismatch(actual.segment()));
  }

  private static void assertSame(Map<String, Tensor> expected, Map<String, Tensor> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (name, tensor) -> assertSame(tensor, Objects.requireNonNull(actual.get(name), name)));
  }

  @Test
  void npy() throws IOException {
    for (Map.Entry<String, Tensor> entry : tensors().entrySet()) {
      Path file = folder.resolve(entry.getKey() + ".npy");
      Npy.write(file, entry.getValue());
      assertSame(entry.getValue(), Npy.read(file));
    }
    assertThrows(NoSuchFileException.class, () -> Npy.read(folder.resolve("missing.npy")));
  }

  @Test
  void npz() throws IOException {
    for (NpzFormat.Compression compression : NpzFormat.Compression.values()) {
      Path file = folder.resolve(compression + ".npz");
      Npz.write(file, tensors(), compression);
      assertSame(tensors(), Npz.read(file));
      assertEquals(List.copyOf(tensors().keySet()), List.copyOf(Npz.read(file).keySet()));
    }
  }

  @Test
  void safetensors() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Safetensors.write(file, tensors(), Map.of("seed", "7", "what", "test"));
    Safetensors back = Safetensors.read(file);
    assertSame(tensors(), back.tensors());
    assertEquals(Map.of("seed", "7", "what", "test"), back.metadata());

    Path again = folder.resolve("b.safetensors");
    Safetensors.write(again, back.tensors(), back.metadata());
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
  }

  /** What is read belongs to no scope, and can be computed with like any other tensor. */
  @Test
  void readTensorsOutliveScopesAndCompute() throws IOException {
    Path file = folder.resolve("x.npy");
    Npy.write(file, Tensor.of(new float[] {1, 2, 3}));
    Tensor x;
    try (Scope scope = Scope.open()) {
      x = Npy.read(file);
    }
    assertArrayEquals(new float[] {2, 4, 6}, x.add(x).toFloats());
    assertEquals(Shape.of(3), x.shape());
  }
}

package scoria.engine.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scoria.engine.device.Cuda;
import scoria.engine.device.Device;
import scoria.engine.function.Losses;
import scoria.engine.io.Npy;
import scoria.engine.io.Safetensors;
import scoria.engine.memory.CudaMemory;
import scoria.engine.memory.Scope;
import scoria.engine.op.AssignUpdate;
import scoria.engine.op.Call;
import scoria.engine.op.CustomOp;
import scoria.engine.op.Reference;
import scoria.engine.op.Signature;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/** Tensors of a second device behave as those of the first. */
@Tag("cuda")
class CudaTest {
  private static final Cuda CUDA = Device.cuda();

  private static void refuses(Class<? extends Throwable> kind, Runnable call, String... parts) {
    String message = String.valueOf(assertThrows(kind, call::run).getMessage());
    for (String part : parts) {
      assertTrue(message.contains(part), part + " in: " + message);
    }
    assertEquals(-1, message.indexOf('\n'), message);
  }

  @Test
  void whatIsMadeFromNothingIsMadeOnTheCurrentDevice() throws InterruptedException {
    try (Device.Use use = CUDA.use()) {
      assertSame(CUDA, Device.current());
      Tensor x = Tensor.of(new float[] {1, 2, 3});
      assertSame(CUDA, x.device());
      assertSame(CUDA, Tensor.zeros(3).device());
      try (Device.Use inner = Device.cpu().use()) {
        assertSame(Device.cpu(), Tensor.zeros(3).device());
        assertSame(CUDA, x.add(1).device(), "an operation runs where its input is");
        assertSame(CUDA, x.onesLike().device());
        assertSame(CUDA, x.filled(2, 5).device());
      }
      Device[] elsewhere = new Device[1];
      Thread other = new Thread(() -> elsewhere[0] = Device.current());
      other.start();
      other.join();
      assertSame(Device.cpu(), elsewhere[0], "a use is for its thread alone");
    }
    assertSame(Device.cpu(), Device.current());
    CUDA.makeDefault();
    try {
      assertSame(CUDA, Tensor.ones(1).device());
    } finally {
      Device.cpu().makeDefault();
    }
  }

  @Test
  void inputsOnTwoDevicesAreRefused() {
    Tensor here = Tensor.ones(2, 3);
    Tensor there = Tensor.ones(3).to(CUDA);
    refuses(
        IllegalArgumentException.class,
        () -> here.add(there),
        "'add' of float32[2, 3] on cpu, float32[3] on cuda",
        "to(device)");
    refuses(
        IllegalArgumentException.class,
        () -> Execute.update(AssignUpdate.ASSIGN, List.of(Tensor.ones(3)), List.of(there)),
        "'assign'",
        "on cuda",
        "on cpu");
    assertSame(CUDA, here.to(CUDA).add(there).device());
  }

  @Test
  void valuesAreReadFromWhereTheyAre() {
    Tensor x = Tensor.of(new double[] {1.5, -2, 3, 4, 5, 6}, 2, 3).to(CUDA);
    assertArrayEquals(new double[] {1.5, 4, -2, 5, 3, 6}, x.transpose().toDoubles());
    assertArrayEquals(new float[] {-2, 5}, x.get(1, 1).toFloats());
    assertArrayEquals(new long[] {1, -2, 3, 4, 5, 6}, x.toLongs());
    assertEquals(5, x.toFloat64(1, 1));
    assertEquals(17.5, x.sum().item());
    assertEquals(x.to(Device.cpu()).toString(), x.toString());
    assertEquals("True", x.amax().greater(x.amin()).toString());
    refuses(IllegalStateException.class, x::segment, "on cuda", "to(Device.cpu())");
  }

  @Test
  void largeTensorsComeBackWhole() {
    int n = (5 << 20) / 8 + 3;
    Tensor x = Tensor.arange(n);
    assertArrayEquals(
        x.toLongs(),
        x.to(CUDA)
            .add(Tensor.of(new long[] {7}).to(CUDA))
            .sub(Tensor.of(new long[] {7}).to(CUDA))
            .toLongs());
  }

  @Test
  void filesTakeTensorsOfAnyDevice(@TempDir Path folder) throws IOException {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
    Npy.write(folder.resolve("x.npy"), x.to(CUDA).transpose());
    assertArrayEquals(new float[] {1, 3, 2, 4}, Npy.read(folder.resolve("x.npy")).toFloats());
    Safetensors.write(folder.resolve("x.safetensors"), Map.of("x", x.to(CUDA)), Map.of());
    Safetensors back = Safetensors.read(folder.resolve("x.safetensors"));
    assertArrayEquals(new float[] {1, 2, 3, 4}, back.tensors().firstEntry().getValue().toFloats());
  }

  @Test
  void scopesEndMemoryOfAnyDevice() {
    Tensor kept;
    Tensor lost;
    try (Scope scope = Scope.open("short")) {
      lost = Tensor.ones(4).to(CUDA);
      kept = scope.keep(lost.add(1));
    }
    assertArrayEquals(new float[] {2, 2, 2, 2}, kept.toFloats());
    refuses(IllegalStateException.class, () -> lost.add(1), "'transfer'", "'short'");
  }

  @Test
  void whatNobodyReachesIsUsedAgain() {
    long limit = 4L << 20;
    CudaMemory.budget().limit(limit);
    try (Device.Use use = CUDA.use()) {
      long most = 0;
      for (int i = 0; i < 60; i++) {
        assertSame(CUDA, Tensor.zeros(1 << 16).device());
        most = Math.max(most, CudaMemory.budget().held());
      }
      assertTrue(most >= limit && most <= 4 * limit, most + " bytes");
    } finally {
      CudaMemory.budget().limit(1L << 30);
    }
  }

  @Test
  void nonFiniteNumbersAreFound() {
    Tensor x = Tensor.of(new float[] {1, 0, 2}).to(CUDA);
    try (Checks checks = Checks.nonFinite()) {
      refuses(
          NonFiniteException.class,
          x::reciprocal,
          "'reciprocal' of float32[3] made Infinity at index [1]");
      assertEquals(3, x.sum().item());
    }
  }

  @Test
  void anIndexOutOfBoundsIsFoundWhenValuesAreRead() {
    Tensor x = Tensor.of(new float[] {1, 2, 3}).to(CUDA);
    Tensor taken = x.take(0, Tensor.of(new long[] {0, 7}).to(CUDA));
    assertThrows(IndexOutOfBoundsException.class, taken::toFloats);
    assertArrayEquals(new float[] {1, 2, 3}, x.toFloats(), "once is enough");
    Tensor target = Tensor.of(new long[] {-1}).to(CUDA);
    Tensor loss = Losses.nll(x.unsqueeze(0), target, null, null, Losses.Over.SUM);
    assertEquals(
        "index -1 at position 0 is outside 0 .. 2 (an axis of length 3)",
        assertThrows(IndexOutOfBoundsException.class, loss::item).getMessage());
  }

  /** The same numbers again, on the processor or wherever it is told. */
  private record Again(boolean everywhere) implements CustomOp {
    @Override
    public String label() {
      return "again";
    }

    @Override
    public Signature[] infer(Signature... inputs) {
      return inputs;
    }

    @Override
    public Reference[] meaning(Reference... inputs) {
      return inputs;
    }

    @Override
    public @Nullable Tensor[] pullback(Call call, @Nullable Tensor[] gradients) {
      return gradients;
    }

    @Override
    public @Nullable Tensor[] pushforward(Call call, @Nullable Tensor[] tangents) {
      return tangents;
    }

    @Override
    public boolean runsOn(Device device) {
      return everywhere || CustomOp.super.runsOn(device);
    }

    @Override
    public void run(Tensor[] inputs, Tensor[] outputs) {
      Execute.update(AssignUpdate.ASSIGN, List.of(inputs), List.of(outputs));
    }
  }

  @Test
  void aUsersOperationRunsWhereItSays() {
    Tensor x = Tensor.ones(2).to(CUDA);
    refuses(
        UnsupportedOperationException.class,
        () -> Execute.run(new Again(false), x),
        "'again' does not run on cuda");
    assertArrayEquals(new float[] {1, 1}, Execute.run(new Again(true), x)[0].toFloats());
    assertFalse(new Again(false).runsOn(CUDA));
  }

  @Test
  void threadsShareTheQueue() throws InterruptedException {
    Tensor[] sums = new Tensor[4];
    Thread[] threads = new Thread[sums.length];
    for (int i = 0; i < threads.length; i++) {
      int me = i;
      threads[i] =
          new Thread(
              () -> {
                try (Device.Use use = CUDA.use()) {
                  // Long enough that sums keep something between passes.
                  Tensor x = Tensor.full(me + 1, DType.FLOAT64, 3000);
                  for (int k = 0; k < 20; k++) {
                    sums[me] = x.sum();
                  }
                }
              });
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    for (int i = 0; i < sums.length; i++) {
      assertEquals(3000.0 * (i + 1), sums[i].item());
    }
  }
}

package scoria.engine.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutTest {
  @Test
  void viewsShareMemory() {
    Tensor x = Tensor.of(new float[] {0, 1, 2, 3, 4, 5}, 2, 3);
    for (Tensor view :
        List.of(
            x.transpose(),
            x.reshape(3, 2),
            x.narrow(1, 1, 2),
            x.expand(4, 2, 3),
            x.get(0, -1),
            x.slice(1, 2, -1, 3),
            x.unsqueeze(1))) {
      assertSame(x.memory(), view.memory());
    }
    assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5}, x.transpose().toFloats());
    assertArrayEquals(new float[] {2, 1, 0, 5, 4, 3}, x.slice(1, 2, -1, 3).toFloats());
    assertArrayEquals(new float[] {3, 4, 5}, x.get(0, -1).toFloats());
  }

  @Test
  void reshapeOfAViewIsAViewWhereStridesAllow() {
    Layout base = Layout.dense(Shape.of(4, 6));
    assertNotNull(base.slice(0, 0, 2, 2).reshape(Shape.of(2, 3, 2)));
    assertNull(base.permute(1, 0).reshape(Shape.of(24)));
    assertNull(base.slice(1, 0, 1, 3).reshape(Shape.of(12)));
    assertNotNull(base.slice(1, 0, 2, 3).reshape(Shape.of(4, 3, 1)));
  }

  /** Whatever chain of views: reshaping as a view gives the elements that copying gives. */
  @Test
  void reshapeAgreesWithCopyingOnRandomViews() {
    Random random = new Random(5);
    for (int round = 0; round < 400; round++) {
      Tensor x = Tensor.arange(120).reshape(2, 3, 4, 5);
      for (int i = 0; i < 3; i++) {
        int axis = random.nextInt(x.rank());
        switch (random.nextInt(4)) {
          case 0 -> x = x.transpose(axis, random.nextInt(x.rank()));
          case 1 -> x = x.size(axis) > 1 ? x.narrow(axis, 1, x.size(axis) - 1) : x;
          case 2 -> x = x.slice(axis, x.size(axis) - 1, -1, x.size(axis));
          default -> x = x.unsqueeze(axis);
        }
      }
      long n = x.elements();
      for (Shape to :
          List.of(Shape.of(n), Shape.of(1, n), n % 2 == 0 ? Shape.of(2, n / 2) : Shape.of(n, 1))) {
        assertArrayEquals(x.copy().toLongs(), x.reshape(to).toLongs(), x.layout() + " to " + to);
      }
    }
  }

  @Test
  void errorsNameWhatIsWrong() {
    Tensor x = Tensor.zeros(2, 3);
    message(() -> x.add(Tensor.zeros(4)), "'add'", "float32[2, 3]", "float32[4]", "3 meets 4");
    message(() -> x.matmul(Tensor.zeros(2, 3)), "'matmul'", "inner sizes differ", "3", "2");
    message(() -> x.add(Tensor.of(new double[] {1})), "float32 and float64", "to(dtype)");
    message(() -> x.reshape(4, 2), "'reshape'", "8 elements");
    message(() -> x.reshape(-1, 4), "-1");
    message(() -> x.sum(2), "axis 2", "[2, 3]");
    message(() -> x.narrow(1, 2, 2), "axis 1");
    message(() -> Tensor.of(new float[5], 2, 3), "5 values");
    message(() -> x.item(), "item()");
    message(() -> Tensor.arange(3).exp(), "'exp'", "int64");
    message(() -> Tensor.concat(0, x, Tensor.zeros(2, 4)), "'concat'", "axis 0");
    IndexOutOfBoundsException e =
        assertThrows(
            IndexOutOfBoundsException.class, () -> x.take(0, Tensor.of(new long[] {0, 2})));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith("'take' of float32[2, 3], int64[2]: index 2"),
        e.getMessage());
    assertThrows(IllegalStateException.class, () -> x.transpose().segment());
  }

  private static void message(Runnable call, String... parts) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call::run);
    for (String part : parts) {
      assertTrue(String.valueOf(e.getMessage()).contains(part), part + " in: " + e.getMessage());
    }
  }

  @Test
  void broadcastShapes() {
    assertEquals(Shape.of(2, 3), Shape.of(3).broadcast(Shape.of(2, 1)));
    assertEquals(Shape.of(0, 3), Shape.of(1, 3).broadcast(Shape.of(0, 1)));
    assertEquals(Shape.of(5), Shape.scalar().broadcast(Shape.of(5)));
    assertThrows(IllegalArgumentException.class, () -> Shape.of(2).broadcast(Shape.of(3)));
  }

  @Test
  void reducesAnyAxes() {
    Tensor x = Tensor.arange(24).to(DType.FLOAT64).reshape(2, 3, 4);
    assertArrayEquals(new double[] {60, 92, 124}, x.sum(0, 2).toDoubles());
    assertEquals(Shape.of(1, 3, 1), x.sum(new int[] {0, -1}, true).shape());
    assertArrayEquals(new double[] {20, 21, 22, 23}, x.amax(0, 1).toDoubles());
    assertEquals(11.5, x.mean().item());
    assertArrayEquals(new long[] {3, 3, 3, 3, 3, 3}, x.argMax(2).toLongs());
    assertFalse(x.transpose().layout().isDense());
  }

  @Test
  void wrapsNativeMemoryWithoutCopying() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment segment = arena.allocate(24, 8);
      Tensor x = Tensor.wrap(segment, DType.FLOAT32, 2, 3);
      segment.setAtIndex(ValueLayout.JAVA_FLOAT, 4, 7);
      assertEquals(7, x.toFloat64(1, 1));
      assertEquals(24, x.segment().byteSize());
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> Tensor.wrap(MemorySegment.ofArray(new float[3]), DType.FLOAT32, 3));
  }

  @Test
  void aMappedFileIsComputedWith(@TempDir Path folder) throws IOException {
    Tensor given = Tensor.arange(-18.5, 18.5, 1, DType.FLOAT32);
    float[] values = given.toFloats();
    try (Arena arena = Arena.ofShared();
        FileChannel file =
            FileChannel.open(
                folder.resolve("x.bin"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
      MemorySegment segment = file.map(FileChannel.MapMode.READ_WRITE, 0, 4 * 37, arena);
      MemorySegment.copy(values, 0, segment, ValueLayout.JAVA_FLOAT, 0, 37);
      Tensor x = Tensor.wrap(segment, DType.FLOAT32, 37);
      assertArrayEquals(given.mul(given).toFloats(), x.mul(x).toFloats());
      assertArrayEquals(given.silu().toFloats(), x.silu().toFloats());
      assertArrayEquals(given.mul(0.3).toFloats(), x.mul(0.3).toFloats());
      assertArrayEquals(given.less(given.neg()).toLongs(), x.less(x.neg()).toLongs());
    }
  }

  @Test
  void integersAndTruthValues() {
    Tensor i = Tensor.of(new int[] {1, 2, 3});
    assertArrayEquals(new long[] {2, 4, 6}, i.add(i).toLongs());
    assertEquals(DType.BOOL, i.less(Tensor.of(new int[] {2})).dtype());
    assertArrayEquals(new long[] {1, 0, 0}, i.less(Tensor.of(new int[] {2})).toLongs());
    assertArrayEquals(
        new double[] {1, 0}, Tensor.of(new boolean[] {true, false}).to(DType.FLOAT64).toDoubles());
    assertArrayEquals(
        new long[] {200, 255}, Tensor.of(new byte[] {(byte) 200, (byte) 255}).toLongs());
    assertEquals("[2, 3]", Arrays.toString(Shape.of(2, 3).toArray()));
  }
}

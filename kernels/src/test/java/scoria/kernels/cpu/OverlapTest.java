package scoria.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Windows added up where they overlap, to the bit. */
@Tag("width")
class OverlapTest {
  /** Element by element, in the order of the places within a window. */
  private static float[] expected(
      float[] x,
      long[] outer,
      long[] strides,
      int windows,
      long windowStride,
      int size,
      long elementStride,
      int stride,
      int dilation,
      int n,
      int inner) {
    int rows = (int) (outer[0] * outer[1]);
    float[] y = new float[rows * n * inner];
    for (int row = 0; row < rows; row++) {
      long at = row / outer[1] * strides[0] + row % outer[1] * strides[1];
      for (int j = 0; j < n; j++) {
        for (int c = 0; c < inner; c++) {
          float sum = 0;
          for (int k = 0; k < size; k++) {
            int start = j - k * dilation;
            if (start >= 0 && start % stride == 0 && start / stride < windows) {
              sum += x[(int) (at + start / stride * windowStride + k * elementStride + c)];
            }
          }
          y[(row * n + j) * inner + c] = sum;
        }
      }
    }
    return y;
  }

  @Test
  void addsUpInOrder() {
    SplittableRandom random = new SplittableRandom(3);
    int[] inners = {1, 1, 2, 7, 8, 17, 130};
    try (WorkerPool one = WorkerPool.of(1);
        WorkerPool many = WorkerPool.of(3)) {
      for (int trial = 0; trial < 300; trial++) {
        int inner = inners[random.nextInt(inners.length)];
        int windows = random.nextInt(trial % 10 == 0 ? 3000 : 20);
        int size = 1 + random.nextInt(5);
        int stride = 1 + random.nextInt(4);
        int dilation = 1 + random.nextInt(3);
        int reach = windows == 0 ? 0 : (windows - 1) * stride + (size - 1) * dilation + 1;
        int n = reach + random.nextInt(3);
        long[] outer = {1 + random.nextInt(3), 1 + random.nextInt(3)};
        // The windows' elements in front of their numbers or behind, and rows in either order.
        boolean turned = random.nextBoolean();
        long windowStride = turned ? inner : (long) size * inner;
        long elementStride = turned ? (long) windows * inner : inner;
        long block = (long) windows * size * inner;
        long[] strides =
            random.nextBoolean()
                ? new long[] {block, outer[0] * block}
                : new long[] {outer[1] * block, block};
        // What is empty may be a segment of no size.
        int count = (int) (outer[0] * outer[1] * block);
        float[] x = new float[count];
        for (int i = 0; i < count; i++) {
          x[i] = random.nextInt(20) == 0 ? -0f : (float) random.nextGaussian();
        }
        float[] want =
            expected(
                x,
                outer,
                strides,
                windows,
                windowStride,
                size,
                elementStride,
                stride,
                dilation,
                n,
                inner);
        try (Arena arena = Arena.ofShared()) {
          MemorySegment from = AlignedMemory.floats(arena, count == 0 ? 0 : count + 3);
          if (count > 0) {
            MemorySegment.copy(x, 0, from, ValueLayout.JAVA_FLOAT, 12, count);
          }
          MemorySegment into = AlignedMemory.floats(arena, want.length + 5).fill((byte) 7);
          OverlapF32.add(
              trial % 2 == 0 ? one : many,
              from,
              3,
              outer,
              strides,
              windows,
              windowStride,
              size,
              elementStride,
              stride,
              dilation,
              into,
              2,
              n,
              inner);
          for (int i = 0; i < want.length; i++) {
            assertEquals(
                Float.floatToRawIntBits(want[i]),
                into.getAtIndex(ValueLayout.JAVA_INT, i + 2),
                "trial " + trial + " element " + i);
          }
          for (int i : new int[] {0, 1, want.length + 2, want.length + 4}) {
            assertEquals(0x07070707, into.getAtIndex(ValueLayout.JAVA_INT, i), "beyond the end");
          }
        }
      }
    }
  }
}

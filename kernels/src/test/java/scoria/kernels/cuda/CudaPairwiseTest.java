package scoria.kernels.cuda;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scoria.kernels.cpu.ElementType;
import scoria.kernels.cpu.PairwiseF32;
import scoria.kernels.cpu.PairwiseF64;
import scoria.kernels.cpu.PairwiseI32;
import scoria.kernels.cpu.PairwiseI64;
import scoria.kernels.cpu.PairwiseU8;

class CudaPairwiseTest {
  private static final Map<ElementType, Class<?>> KERNELS =
      Map.of(
          ElementType.F32, PairwiseF32.class,
          ElementType.F64, PairwiseF64.class,
          ElementType.I32, PairwiseI32.class,
          ElementType.I64, PairwiseI64.class,
          ElementType.U8, PairwiseU8.class);

  private static final Set<String> COMPARISONS =
      Set.of("equal", "notEqual", "less", "lessEqual", "greater", "greaterEqual");

  /** rows, columns, then for a and for b: stride of rows, stride of columns; last, out's rows. */
  private static final long[][] WALKS = {
    {0, 5, 5, 1, 5, 1, 5},
    {1, 1, 0, 0, 0, 0, 1},
    {1, 1003, 0, 1, 0, 1, 1003},
    {33, 31, 31, 1, 31, 1, 31},
    {31, 33, 40, 1, 33, 1, 35},
    {17, 16, 16, 1, 0, 1, 16},
    {16, 17, 1, 0, 17, 1, 17},
    {9, 40, 0, 1, 1, 0, 40},
    {257, 1, 1, 0, 0, 0, 1}
  };

  /** Every function of the CPU's classes, so that none can be forgotten. */
  static Stream<Method> functions() {
    return KERNELS.values().stream()
        .flatMap(kernels -> Stream.of(kernels.getDeclaredMethods()))
        .filter(method -> Modifier.isPublic(method.getModifiers()));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void bitsOfTheCpu(Method method) throws IllegalAccessException, InvocationTargetException {
    ElementType type =
        KERNELS.entrySet().stream()
            .filter(entry -> entry.getValue() == method.getDeclaringClass())
            .findFirst()
            .orElseThrow()
            .getKey();
    String name = method.getName();
    ElementType outType = COMPARISONS.contains(name) ? ElementType.BOOL : type;
    for (long[] w : WALKS) {
      try (Gpu gpu = Gpu.open()) {
        Gpu.Block a = Numbers.block(gpu, type, 1, elements(w[0], w[1], w[2], w[3]) + 2);
        Gpu.Block b = Numbers.block(gpu, type, 2, elements(w[0], w[1], w[4], w[5]) + 1);
        Gpu.Block out = gpu.zeros(outType, elements(w[0], w[1], w[6], 1) + 3);
        method.invoke(
            null,
            a.host(),
            2L,
            w[2],
            (int) w[3],
            b.host(),
            1L,
            w[4],
            (int) w[5],
            out.host(),
            3L,
            w[6],
            w[0],
            w[1]);
        CudaPairwise.run(
            gpu.stream,
            name,
            type,
            a.device(),
            2,
            w[2],
            w[3],
            b.device(),
            1,
            w[4],
            w[5],
            out.device(),
            3,
            w[6],
            w[0],
            w[1]);
        gpu.assertSame(outType, out, name + " over " + w[0] + " x " + w[1]);
      }
    }
  }

  private static int elements(long rows, long columns, long row, long column) {
    return rows == 0 ? 0 : (int) ((rows - 1) * row + (columns - 1) * column + 1);
  }
}

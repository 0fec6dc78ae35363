package scoria.kernels.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scoria.kernels.cpu.ElementType;
import scoria.kernels.cpu.PointwiseF32;
import scoria.kernels.cpu.PointwiseF64;
import scoria.kernels.cpu.PointwiseI32;
import scoria.kernels.cpu.PointwiseI64;

class CudaPointwiseTest {
  private static final Map<ElementType, Class<?>> KERNELS =
      Map.of(
          ElementType.F32, PointwiseF32.class,
          ElementType.F64, PointwiseF64.class,
          ElementType.I32, PointwiseI32.class,
          ElementType.I64, PointwiseI64.class);

  /** Every function of the CPU's classes, so that none can be forgotten. */
  static Stream<Method> functions() {
    return KERNELS.values().stream()
        .flatMap(kernels -> Stream.of(kernels.getDeclaredMethods()))
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> !method.getName().equals("fill"));
  }

  private static ElementType type(Method method) {
    return KERNELS.entrySet().stream()
        .filter(entry -> entry.getValue() == method.getDeclaringClass())
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void bitsOfTheCpu(Method method) throws IllegalAccessException, InvocationTargetException {
    ElementType type = type(method);
    boolean scalar = method.getName().endsWith("Scalar");
    for (int n : IntStream.concat(IntStream.of(Gpu.SIZES), IntStream.of(20_011)).toArray()) {
      boolean floating = type == ElementType.F32 || type == ElementType.F64;
      try (Gpu gpu = Gpu.open()) {
        Gpu.Block x = floating ? gpu.of(type, numbers(n + 1)) : Numbers.block(gpu, type, n, n + 1);
        Gpu.Block y = gpu.zeros(type, n + 2);
        if (scalar) {
          double c =
              method.getName().startsWith("polygamma")
                  ? n % 3 + 1
                  : n % 2 == 0 ? floating ? 0.7 : -7 : -0.0;
          method.invoke(null, x.host(), 1L, c, y.host(), 2L, (long) n);
          CudaPointwise.scalar(
              gpu.stream, method.getName(), type, x.device(), 1, c, y.device(), 2, n);
        } else {
          method.invoke(null, x.host(), 1L, y.host(), 2L, (long) n);
          CudaPointwise.run(gpu.stream, method.getName(), type, x.device(), 1, y.device(), 2, n);
        }
        gpu.assertSame(type, y, method.getName() + " of " + n);
      }
    }
  }

  private static double[] numbers(int n) {
    return n < 300 ? Numbers.shuffled(n, n) : Numbers.any(n, n);
  }

  @Test
  void fillWritesTheLowestBytes() {
    for (int bytes : new int[] {1, 4, 8}) {
      try (Gpu gpu = Gpu.open()) {
        ElementType type =
            bytes == 1 ? ElementType.U8 : bytes == 4 ? ElementType.I32 : ElementType.I64;
        Gpu.Block y = gpu.zeros(type, 300);
        CudaPointwise.fill(gpu.stream, bytes, y.device(), 3, 0x0102030405060708L, 290);
        MemorySegment read = gpu.down(y);
        String value =
            bytes == 1 ? "8" : Long.toString(bytes == 4 ? 0x05060708 : 0x0102030405060708L);
        for (int i = 0; i < 300; i++) {
          assertEquals(i < 3 || i >= 293 ? "0" : value, Gpu.show(type, read, i));
        }
      }
    }
  }

  @Test
  void noSuchFunctionIsNamed() {
    try (Gpu gpu = Gpu.open()) {
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class,
              () -> CudaPointwise.run(gpu.stream, "silu", ElementType.I32, 0, 0, 0, 0, 1));
      assertTrue(String.valueOf(error.getMessage()).contains("silu_i32"), error.toString());
    }
  }
}

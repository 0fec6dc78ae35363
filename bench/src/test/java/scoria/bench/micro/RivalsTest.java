package scoria.bench.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import scoria.engine.device.Device;
import scoria.engine.op.Binary;
import scoria.engine.op.Unary;
import scoria.engine.tensor.DType;

/** What is measured side by side computes the same, so that nothing measures nothing. */
class RivalsTest {
  @Test
  void everyBenchmarkMeasuresAndIsComparedHere() {
    Set<JavaClass> benchmarks =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("scoria.bench.micro")
                .stream()
                .filter(c -> c.getPackageName().equals("scoria.bench.micro"))
                .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(c -> c.getSimpleName().endsWith("Benchmark"))
                .collect(Collectors.toSet());
    assertFalse(benchmarks.isEmpty());
    Set<String> compared =
        new ClassFileImporter()
                .importClasses(RivalsTest.class)
                .get(RivalsTest.class)
                .getConstructorCallsFromSelf()
                .stream()
                .map(call -> call.getTargetOwner().getName())
                .collect(Collectors.toSet());
    for (JavaClass benchmark : benchmarks) {
      assertTrue(
          compared.contains(benchmark.getName())
              || benchmark.isEquivalentTo(WorkerPoolBenchmark.class),
          benchmark.getName() + " is compared with nothing here");
      assertTrue(
          benchmark.getAllMethods().stream().anyMatch(m -> m.isAnnotatedWith(Benchmark.class)),
          benchmark.getName());
    }
  }

  @ParameterizedTest
  @EnumSource
  void pointwise(Unary op) throws NoSuchFieldException {
    Param jdk = PointwiseBenchmark.OfVectorApi.class.getField("op").getAnnotation(Param.class);
    PointwiseBenchmark benchmark = new PointwiseBenchmark();
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      PointwiseBenchmark.Every every = new PointwiseBenchmark.Every();
      every.op = op;
      prepare(every, dtype);
      benchmark.kernel(every);
      benchmark.loop(every);
      double[] expected = results(every);
      assertClose(expected, values(every.y, dtype), 1e-6);
      if (Arrays.asList(jdk.value()).contains(op.name())) {
        PointwiseBenchmark.OfVectorApi lanes = new PointwiseBenchmark.OfVectorApi();
        lanes.op = op;
        prepare(lanes, dtype);
        lanes.pick();
        benchmark.lanewise(lanes);
        assertClose(expected, values(lanes.y, dtype), 1e-6);
      }
    }
  }

  private static void prepare(PointwiseBenchmark.Elements elements, DType dtype) {
    elements.size = 4096;
    elements.dtype = dtype;
    elements.fill();
  }

  private static double[] results(PointwiseBenchmark.Elements elements) {
    return elements.dtype == DType.FLOAT64 ? elements.y64 : doubles(elements.y32);
  }

  @ParameterizedTest
  @CsvSource({
    "ADD, matrix",
    "ADD, row",
    "MUL, matrix",
    "MUL, row",
    "SILU_GRAD, matrix",
    "SILU_GRAD, row"
  })
  void pairwise(Binary op, String with) {
    PairwiseBenchmark benchmark = new PairwiseBenchmark();
    benchmark.op = op;
    benchmark.with = with;
    benchmark.fill();
    assertSame(benchmark::kernel, benchmark.out, benchmark::loop, benchmark.arrayOut, 2e-6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "all"})
  void reduce(String axis) {
    ReduceBenchmark benchmark = new ReduceBenchmark();
    benchmark.axis = axis;
    benchmark.startThreads();
    benchmark.fill();
    // The loop keeps one float32 sum of up to 65,536 numbers.
    assertSame(benchmark::kernel, benchmark.out, benchmark::loop, benchmark.arrayOut, 2e-4);
    benchmark.stopThreads();
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 128, 4096})
  void rows(int columns) {
    RowsBenchmark benchmark = new RowsBenchmark();
    benchmark.columns = columns;
    benchmark.startThreads();
    benchmark.fill();
    assertSame(benchmark::softmax, benchmark.out, benchmark::softmaxLoop, benchmark.arrayOut, 1e-5);
    benchmark.stopThreads();
  }

  @Test
  void move() {
    MoveBenchmark b = new MoveBenchmark();
    b.startThreads();
    b.fill();
    assertSame(b::transpose, b.out, b::transposeLoop, b.arrayOut, 0);
    assertSame(b::strided, b.out, b::stridedLoop, b.arrayOut, 0);
    assertSame(b::takeRows, b.out, b::takeRowsLoop, b.arrayOut, 0);
    assertSame(b::takeColumns, b.out, b::takeColumnsLoop, b.arrayOut, 0);
    b.copySegment();
    double[] copied = values(b.out, DType.FLOAT32);
    b.out.fill((byte) 0);
    b.copy();
    assertClose(copied, values(b.out, DType.FLOAT32), 0);
    b.stopThreads();
  }

  @Test
  void random() {
    RandomBenchmark benchmark = new RandomBenchmark();
    benchmark.fill();
    benchmark.uniform();
    assertMoments(values(benchmark.out, DType.FLOAT32), 0.5, 1.0 / 12);
    benchmark.uniformJdk();
    assertMoments(doubles(benchmark.arrayOut), 0.5, 1.0 / 12);
    benchmark.normal();
    assertMoments(values(benchmark.out, DType.FLOAT32), 0, 1);
    benchmark.normalJdk();
    assertMoments(doubles(benchmark.arrayOut), 0, 1);
  }

  /** Within five standard errors of 65,536 numbers. */
  private static void assertMoments(double[] x, double mean, double variance) {
    double first = Arrays.stream(x).average().orElseThrow();
    double second = Arrays.stream(x).map(v -> (v - first) * (v - first)).average().orElseThrow();
    assertEquals(mean, first, 5 * Math.sqrt(variance) / 256);
    assertEquals(variance, second, 5 * Math.sqrt(2) * variance / 256);
  }

  @Test
  void adam() {
    OptimizerBenchmark benchmark = new OptimizerBenchmark();
    benchmark.size = OptimizerBenchmark.WORK;
    benchmark.fill();
    double[] before = doubles(benchmark.arrayOut);
    assertSame(benchmark::adam, benchmark.out, benchmark::adamLoop, benchmark.arrayOut, 1e-6);
    assertFalse(Arrays.equals(before, doubles(benchmark.arrayOut)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nn", "nt", "tn", "tt"})
  void gemm(String form) {
    GemmFormsBenchmark benchmark = new GemmFormsBenchmark();
    benchmark.shape = "50x30x70";
    benchmark.form = form;
    assertProduct(benchmark);
  }

  @Test
  void gemmOfOneForm() {
    GemmBenchmark benchmark = new GemmBenchmark();
    benchmark.shape = "50x300x70";
    assertProduct(benchmark);
  }

  private static void assertProduct(Product product) {
    product.startThreads();
    product.fill();
    assertSame(product::gemm, product.out, product::loops, product.arrayOut, 1e-4);
    product.stopThreads();
  }

  @Test
  void stepsOfDenoisingScoreMatchingLearn() {
    int threads = Device.cpu().threads();
    DsmStepBenchmark benchmark = new DsmStepBenchmark();
    benchmark.threads = 2;
    benchmark.start();
    DsmStepBenchmark rival = new DsmStepBenchmark();
    rival.threads = 2;
    rival.start();
    double first = 0;
    double last = 0;
    for (int i = 0; i < 200; i++) {
      double loss = benchmark.recorded();
      assertEquals(rival.eager(), loss, "step " + i);
      first += i < 20 ? loss / 20 : 0;
      last += i >= 180 ? loss / 20 : 0;
    }
    Device.cpu().threads(threads);
    // Two components: 2 without a score; 2 / (1 + sigma^2) with that of normal data, its least.
    assertTrue(last < 1.75 && last > 1.4 && first > last, first + " fell to " + last);
  }

  private static void assertSame(
      Runnable kernel, MemorySegment out, Runnable rival, float[] rivalOut, double tolerance) {
    kernel.run();
    rival.run();
    assertClose(doubles(rivalOut), values(out, DType.FLOAT32), tolerance);
  }

  private static void assertSame(
      Runnable kernel, MemorySegment out, Runnable rival, float[][] rivalOut, double tolerance) {
    kernel.run();
    rival.run();
    double[] expected =
        Arrays.stream(rivalOut).flatMapToDouble(row -> Arrays.stream(doubles(row))).toArray();
    assertClose(expected, values(out, DType.FLOAT32), tolerance);
  }

  private static void assertClose(double[] expected, double[] actual, double tolerance) {
    assertEquals(expected.length, actual.length);
    assertTrue(Arrays.stream(expected).anyMatch(x -> x != 0));
    for (int i = 0; i < expected.length; i++) {
      assertEquals(
          expected[i], actual[i], tolerance * Math.max(1, Math.abs(expected[i])), "element " + i);
    }
  }

  private static double[] values(MemorySegment x, DType dtype) {
    return dtype == DType.FLOAT64
        ? x.toArray(ValueLayout.JAVA_DOUBLE)
        : doubles(x.toArray(ValueLayout.JAVA_FLOAT));
  }

  private static double[] doubles(float[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i];
    }
    return y;
  }
}

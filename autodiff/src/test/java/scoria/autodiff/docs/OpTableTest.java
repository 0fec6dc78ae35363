package scoria.autodiff.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import scoria.engine.device.Device;
import scoria.engine.exec.Execute;
import scoria.engine.function.Composed;
import scoria.engine.function.Functions;
import scoria.engine.op.Case;
import scoria.engine.op.RandomOp;
import scoria.engine.op.Update;
import scoria.engine.op.ViewOp;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/**
 * Nothing in the table of operations is half there: each has test points, a doc line, a shape rule
 * in words, loops on the devices that it says it runs on, and a way to it from a tensor.
 */
class OpTableTest {
  private static final Path ENGINE = Path.of("../engine/src/main/java/scoria/engine");

  private static Stream<DynamicTest> rows(Predicate<OpRow> which, Consumer<OpRow> test) {
    return OpRow.all().stream()
        .filter(which)
        .map(row -> DynamicTest.dynamicTest(row.label(), () -> test.accept(row)));
  }

  private static boolean hasCases(OpRow row) {
    return !(row.op() instanceof Update) && !(row.op() instanceof RandomOp);
  }

  @TestFactory
  Stream<DynamicTest> hasTestPoints() {
    return rows(
        OpTableTest::hasCases,
        row ->
            assertFalse(
                row.cases().isEmpty(),
                "'"
                    + row.label()
                    + "' has no test point: add one to "
                    + row.kind().getSimpleName()
                    + ".cases()"));
  }

  @TestFactory
  Stream<DynamicTest> saysWhatItIs() {
    return rows(
        row -> true,
        row -> {
          assertFalse(
              row.doc().isEmpty(), "'" + row.label() + "' has no doc comment that says what it is");
          assertTrue(
              row.op().shapes().contains("->"),
              "'" + row.label() + "' does not say its shape rule in words: " + row.op().shapes());
        });
  }

  @TestFactory
  Stream<DynamicTest> hasLoopsOnTheProcessor() {
    return rows(
        row -> row.op().runsOn(Device.cpu()) && !(row.op() instanceof ViewOp),
        row -> runs(row, Device.cpu()));
  }

  /** Every symbol that an operation launches is in the compiled modules. */
  @Tag("cuda")
  @TestFactory
  Stream<DynamicTest> hasKernelsOnTheGpu() {
    return rows(
        row -> row.op().runsOn(Device.cuda()) && !(row.op() instanceof ViewOp),
        row -> runs(row, Device.cuda()));
  }

  private static void runs(OpRow row, Device device) {
    for (Case c : row.cases()) {
      for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
        try (Device.Use _ = device.use()) {
          for (Tensor y : Execute.outputs(c.op(), c.tensors(dtype))) {
            assertEquals(y.elements(), y.toDoubles().length);
          }
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
          throw new AssertionError(
              "'"
                  + row.label()
                  + "' says it runs on "
                  + device.name()
                  + " and does not for "
                  + dtype
                  + ": "
                  + e.getMessage(),
              e);
        }
      }
    }
  }

  /**
   * A method of a tensor or a function runs it, or the derivative of another operation does, which
   * is why it exists.
   */
  @TestFactory
  Stream<DynamicTest> canBeReached() throws IOException {
    String callers = sources("tensor", "") + sources("function", "");
    return rows(
        row -> !(row.op() instanceof Update),
        row ->
            assertTrue(
                uses(callers, row) || uses(rules(row), row),
                "nothing runs '"
                    + row.label()
                    + "': add a method to an interface in scoria.engine.tensor"));
  }

  /** Whether a text names the row of an enum, or makes a record, of its kind where there are. */
  private static boolean uses(String text, OpRow row) {
    String kind = row.kind().getSimpleName();
    if (row.op() instanceof Enum<?> constant) {
      return has(text, "\\b" + kind + "\\." + constant.name() + "\\b");
    }
    return has(text, "\\bnew " + kind + "\\(")
        && row.kindConstant().map(c -> has(text, "\\bKind\\." + c.name() + "\\b")).orElse(true);
  }

  private static boolean has(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).find();
  }

  private static String rules(OpRow row) {
    try {
      return sources("op", row.kind().getSimpleName() + ".java");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sources(String folder, String except) throws IOException {
    StringBuilder out = new StringBuilder();
    try (Stream<Path> files = Files.list(ENGINE.resolve(folder))) {
      for (Path file : files.filter(f -> !f.endsWith(except)).sorted().toList()) {
        out.append(Files.readString(file));
      }
    }
    return out.toString();
  }

  @TestFactory
  Stream<DynamicTest> functionsSayWhatTheyAre() {
    return Functions.all().stream()
        .map(Composed::function)
        .distinct()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      Composed c =
                          Functions.all().stream()
                              .filter(f -> f.function().equals(name))
                              .findFirst()
                              .orElseThrow();
                      Class<?> family = OpsDocument.family(c);
                      assertFalse(
                          DocComments.of(family).ofMethod(name).isEmpty(),
                          family.getSimpleName() + "." + name + " has no doc comment");
                    }));
  }

  @Test
  void labelsDiffer() {
    List<String> labels = OpRow.all().stream().map(OpRow::label).toList();
    assertEquals(labels.stream().distinct().toList(), labels);
    assertTrue(labels.size() > 90, labels.size() + " rows: the table is not found");
  }

  @Test
  void filesStaySmall() throws IOException {
    List<String> large = new ArrayList<>();
    int[] seen = {0};
    for (String module : new String[] {"kernels", "engine", "autodiff", "samplers", "bench"}) {
      Path root = Path.of("..", module);
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(OpTableTest::isSource).toList()) {
          seen[0]++;
          int lines = Files.readAllLines(file).size();
          if (lines > 600) {
            large.add(root.relativize(file) + " has " + lines);
          }
        }
      }
    }
    assertEquals(List.of(), large, "no source file has more than 600 lines");
    assertTrue(seen[0] > 300, seen[0] + " files");
  }

  private static boolean isSource(Path file) {
    String path = file.toString().replace('\\', '/');
    return !path.contains("/target/") && path.matches(".*\\.(java|template|cu|cuh|cpp|h)");
  }
}

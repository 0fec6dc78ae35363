package scoria.autodiff.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import scoria.engine.memory.Scope;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/**
 * Runs ONNX's node tests, as Debian's package libonnx-testdata has them, over Scoria's operations:
 * every case but those with an operator of {@link LeftOut} or a type that Scoria does not have.
 * What came of it is written to {@code target/onnx-report.json}. Where the package is missing the
 * tests are skipped, but for {@code CI=true}, where they fail.
 */
class OnnxNodeTest {
  private static final Path DATA = Path.of("/usr/share/libonnx-testdata/data/node");
  private static final Operators OPERATORS = Operators.all();

  private static Report report = new Report();

  @BeforeAll
  static void runAll() throws IOException {
    String missing = "no ONNX node tests in " + DATA + " (apt-get install libonnx-testdata)";
    boolean there = Files.isDirectory(DATA);
    if (!there && "true".equals(System.getenv("CI"))) {
      fail(missing);
    }
    assumeTrue(there, missing);
    report = new Report();
    for (NodeCase node : NodeCase.all(DATA)) {
      judge(node);
    }
    Files.writeString(
        Files.createDirectories(Path.of("target")).resolve("onnx-report.json"), report.json());
  }

  private static void judge(NodeCase node) {
    SortedSet<String> operators = node.operators();
    List<String> types = node.types().stream().filter(type -> !isOurs(type)).toList();
    List<Map.Entry<String, String>> leftOut = LeftOut.among(operators);
    types.forEach(type -> report.leftOut(node.name(), type));
    leftOut.forEach(e -> report.leftOut(node.name(), e.getKey(), e.getValue()));
    if (!types.isEmpty() || !leftOut.isEmpty()) {
      return;
    }
    String complaint;
    try {
      complaint = run(node);
    } catch (RuntimeException | AssertionError e) {
      complaint = e.toString();
    }
    if (complaint == null) {
      report.passed(node.name(), operators);
    } else {
      report.failed(node.name(), complaint);
    }
  }

  /** Whether Scoria has a type; values inside of a loop need not say theirs. */
  private static boolean isOurs(String type) {
    return type.equals(Reader.UNTYPED)
        || Arrays.stream(DType.values()).anyMatch(dtype -> dtype.toString().equals(type));
  }

  private static @Nullable String run(NodeCase node) {
    Interpreter interpreter = new Interpreter(OPERATORS, node.model().opset());
    for (NodeCase.Data data : node.data()) {
      try (Scope _ = Scope.open("case")) {
        List<Tensor> inputs = data.inputs().stream().map(TensorFile::tensor).toList();
        List<Tensor> outputs = interpreter.run(node.model().graph(), inputs);
        if (data.outputs().isEmpty() || outputs.size() != data.outputs().size()) {
          return outputs.size() + " outputs instead of " + data.outputs().size();
        }
        for (int i = 0; i < outputs.size(); i++) {
          String complaint = Closeness.complaint(outputs.get(i), data.outputs().get(i).tensor());
          if (complaint != null) {
            return "output " + i + ": " + complaint;
          }
        }
      }
    }
    return null;
  }

  @Test
  void everyCaseThatRanPassed() {
    String failures =
        report.failures().entrySet().stream()
            .map(e -> e.getKey() + ": " + e.getValue())
            .collect(Collectors.joining("\n"));
    assertEquals(report.ran(), report.passed(), failures);
  }

  @Test
  void enoughCasesRan() {
    assertTrue(report.ran() >= 600, report.ran() + " cases ran instead of 600");
    int operators = report.operators().size();
    assertTrue(operators >= 100, operators + " operators ran instead of 100");
  }
}

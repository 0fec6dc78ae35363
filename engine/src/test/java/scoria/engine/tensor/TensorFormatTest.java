package scoria.engine.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is printed against what NumPy prints: printed.txt, which make_printed.py beside it made. */
class TensorFormatTest {
  /** An array and how it is printed. */
  record Printed(String line, String text) {
    Tensor tensor() {
      String[] words = line.split(" ", -1);
      long[] sizes =
          words[2].equals("-")
              ? new long[0]
              : Arrays.stream(words[2].split(",", -1)).mapToLong(Long::parseLong).toArray();
      DType dtype = dtype(words[1]);
      Shape shape = Shape.of(sizes);
      int n = (int) shape.elements();
      List<String> values = Arrays.asList(words).subList(3, words.length);
      Tensor flat;
      if (n == 0) {
        flat = Tensor.full(0, dtype, sizes);
      } else if (dtype.isFloat()) {
        double[] numbers = new double[n];
        Arrays.setAll(numbers, i -> number(values, i));
        flat = Tensor.of(numbers).to(dtype);
      } else {
        long[] numbers = new long[n];
        Arrays.setAll(numbers, i -> whole(values, i));
        flat = Tensor.of(numbers).to(dtype);
      }
      return flat.reshape(shape);
    }

    private static double number(List<String> values, int i) {
      if (values.get(0).equals("range")) {
        return Double.parseDouble(values.get(1)) + i * Double.parseDouble(values.get(2));
      }
      return switch (values.get(i)) {
        case "nan" -> Double.NaN;
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        case String finite -> Double.parseDouble(finite);
      };
    }

    private static long whole(List<String> values, int i) {
      return values.get(0).equals("range")
          ? Long.parseLong(values.get(1)) + i * Long.parseLong(values.get(2))
          : Long.parseLong(values.get(i));
    }

    private static DType dtype(String name) {
      return Arrays.stream(DType.values())
          .filter(type -> type.toString().equals(name))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public String toString() {
      return line.substring(0, Math.min(60, line.length()));
    }
  }

  static Stream<Printed> printed() throws IOException {
    List<Printed> out = new ArrayList<>();
    try (InputStream in = TensorFormatTest.class.getResourceAsStream("printed.txt")) {
      assertNotNull(in);
      String table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String one : table.substring("case ".length()).split("\ncase ", -1)) {
        int end = one.indexOf('\n');
        out.add(
            new Printed("case " + one.substring(0, end), one.substring(end + 1).stripTrailing()));
      }
    }
    assertTrue(out.size() >= 100, "the table has " + out.size() + " cases");
    return out.stream();
  }

  @ParameterizedTest
  @MethodSource("printed")
  void printsAsNumpyDoes(Printed printed) {
    assertEquals(printed.text, printed.tensor().toString());
  }

  @Test
  void viewsPrintWhatTheyShow() {
    Tensor x = Tensor.of(new long[] {1, 2, 3, 4, 5, 6}, 2, 3);
    assertEquals("[[1 4]\n [2 5]\n [3 6]]", x.transpose().toString());
    assertEquals("[2 5]", x.get(1, 1).toString());
    assertEquals("[[6 6]]", x.narrow(0, 1, 1).narrow(1, 2, 1).expand(1, 2).toString());
    assertEquals("[1.5 2.5]", Tensor.of(new double[] {1.5, 2.5}).tracked().toString());
  }
}

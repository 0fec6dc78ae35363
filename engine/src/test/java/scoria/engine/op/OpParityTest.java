package scoria.engine.op;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import scoria.engine.device.Device;
import scoria.engine.exec.Execute;
import scoria.engine.exec.Parity;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * Every operation gives the same bits on the CPU and on the GPU, in every type and however its
 * inputs lie in memory. That holds for sums and products too: both devices add in the order of the
 * numerics contract.
 */
@Tag("cuda")
class OpParityTest {
  private static final DType[] FLOATS = {DType.FLOAT32, DType.FLOAT64};

  /** Around what kernels cut work by: lanes, warps, blocks of a sum, blocks of threads. */
  private static final int[] LENGTHS = {0, 1, 2, 15, 17, 255, 257, 1000};

  @TestFactory
  List<DynamicTest> everyCase() {
    List<Case> cases = OpTable.cases();
    return IntStream.range(0, cases.size())
        .mapToObj(
            i -> DynamicTest.dynamicTest(i + " " + cases.get(i).op(), () -> check(cases.get(i))))
        .toList();
  }

  private static void check(Case c) {
    if (c.op() instanceof Transfer) {
      return;
    }
    assumeTrue(c.op().runsOn(Device.cuda()));
    for (DType dtype : FLOATS) {
      Parity.sameBits(c.op() + " " + dtype, () -> run(c, OpInputs.of(c, dtype)));
      for (int i = 0; i < c.inputs().size(); i++) {
        int input = i;
        Parity.sameBits(
            c.op() + " " + dtype + ", input " + i + " strided",
            () -> {
              Tensor[] inputs = OpInputs.of(c, dtype);
              inputs[input] = OpInputs.strided(inputs[input]);
              return run(c, inputs);
            });
        Parity.sameBits(
            c.op() + " " + dtype + ", input " + i + " by columns",
            () -> {
              Tensor[] inputs = OpInputs.of(c, dtype);
              inputs[input] = OpInputs.columns(inputs[input]);
              return run(c, inputs);
            });
      }
    }
  }

  private static Tensor[] run(Case c, Tensor... inputs) {
    // A view alone computes nothing.
    return Arrays.stream(Execute.outputs(c.op(), inputs)).map(Tensor::copy).toArray(Tensor[]::new);
  }

  private static void same(String what, Supplier<Tensor> work) {
    Parity.sameBits(what, () -> new Tensor[] {work.get()});
  }

  /** Numbers of all magnitudes, with what is special among them. */
  private static Tensor values(int stream, DType dtype, long... sizes) {
    Rng rng = Rng.of(7).stream(stream);
    Tensor x = rng.normal(DType.FLOAT64, sizes).mul(3).mul(rng.normal(DType.FLOAT64, sizes).exp());
    return x.to(dtype);
  }

  private static Tensor special(DType dtype) {
    double[] numbers = {
      0,
      -0.0,
      1,
      -1,
      0.5,
      -2.5,
      1.5,
      1e-30,
      -1e-30,
      1e-42,
      5e-310,
      80,
      -80,
      88.5,
      -104,
      700,
      -745,
      1e30,
      -1e30,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.NaN,
      3.0000002,
      1e5
    };
    return Tensor.of(numbers).to(dtype);
  }

  @TestFactory
  Stream<DynamicTest> functionsOfOneNumber() {
    return Arrays.stream(Unary.values())
        .map(
            op ->
                DynamicTest.dynamicTest(
                    op.label(),
                    () -> {
                      for (DType dtype : FLOATS) {
                        for (int n : LENGTHS) {
                          same(op + " " + n, () -> Execute.run(op, values(1, dtype, n)));
                        }
                        same(op + " special", () -> Execute.run(op, special(dtype)));
                        same(
                            op + " from inside",
                            () -> Execute.run(op, values(1, dtype, 300).narrow(0, 13, 101)));
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> functionsOfTwoNumbers() {
    Stream<SingleOp> ops =
        Stream.concat(Stream.of(Binary.values()), Stream.of(Comparison.values()));
    return ops.map(
        op ->
            DynamicTest.dynamicTest(
                op.label(),
                () -> {
                  for (DType dtype : FLOATS) {
                    for (int n : LENGTHS) {
                      same(
                          op + " " + n,
                          () -> Execute.run(op, values(1, dtype, n), values(2, dtype, n)));
                    }
                    same(
                        op + " special",
                        () -> Execute.run(op, special(dtype), special(dtype).unsqueeze(1)));
                    same(
                        op + " repeated",
                        () ->
                            Execute.run(
                                op,
                                values(1, dtype, 3, 1, 5, 4).permute(2, 0, 1, 3),
                                values(2, dtype, 7, 1)));
                  }
                }));
  }

  @Test
  void wholeNumbers() {
    for (DType dtype : new DType[] {DType.INT64, DType.INT32, DType.UINT8, DType.BOOL}) {
      for (Unary op : Unary.values()) {
        if (op.takes(dtype)) {
          same(op + " " + dtype, () -> Execute.run(op, whole(3, dtype, 40, 9)));
        }
      }
      for (Bitwise op : Bitwise.values()) {
        if (op.kernel(dtype) != null) {
          same(op + " " + dtype, () -> Execute.run(op, whole(3, dtype, 40, 9), whole(4, dtype, 9)));
        }
      }
      for (Binary op : Binary.values()) {
        if (op.kernel(dtype) != null) {
          same(op + " " + dtype, () -> Execute.run(op, whole(3, dtype, 40, 9), whole(4, dtype, 9)));
        }
      }
      for (Comparison op : Comparison.values()) {
        same(op + " " + dtype, () -> Execute.run(op, whole(3, dtype, 40, 9), whole(4, dtype, 9)));
      }
    }
    for (Reduction.Kind kind : Reduction.Kind.values()) {
      same(
          kind + " of integers",
          () -> Execute.run(new Reduction(kind, 1, 2), whole(3, DType.INT64, 5, 300, 3)));
    }
  }

  private static Tensor whole(int stream, DType dtype, long... sizes) {
    return Rng.of(8).stream(stream).integers(11, sizes).add(Tensor.of(new long[] {-5})).to(dtype);
  }

  @Test
  void everyTypeFromEveryType() {
    for (DType from : DType.values()) {
      for (DType to : DType.values()) {
        same(
            from + " to " + to,
            () -> {
              Tensor x = from.isFloat() ? special(from) : whole(5, from, 33);
              return x.to(to).copy();
            });
      }
      same(from + " filled", () -> Tensor.full(3, from, 5, 7));
      same(
          from + " where",
          () ->
              Tensor.where(
                  whole(5, DType.BOOL, 6, 9),
                  whole(6, from, 6, 9).transpose().transpose(),
                  whole(7, from, 9)));
    }
  }

  @Test
  void sums() {
    for (DType dtype : FLOATS) {
      for (int n : new int[] {0, 1, 2, 15, 16, 17, 255, 256, 257, 511, 513, 5000}) {
        same("rows of " + n, () -> values(1, dtype, 3, n).sum(1));
        same("columns of " + n, () -> values(1, dtype, n, 5).sum(0));
        same("in the middle " + n, () -> values(1, dtype, 2, n, 3).sum(1));
        same("all of " + n, () -> values(1, dtype, n).sum());
        if (n > 0) {
          same("largest of " + n, () -> values(1, dtype, 3, n).amax(1));
          same("smallest of " + n, () -> values(1, dtype, n, 3).amin(0));
          same("place of the largest " + n, () -> values(1, dtype, 3, n).argMax(1));
          same("place of the smallest " + n, () -> values(1, dtype, n, 3).argMin(0));
          same("softmax of " + n, () -> values(1, dtype, 4, n).softmax(1));
          same("log-softmax of " + n, () -> values(1, dtype, 4, n).logSoftmax(1));
        }
        same("log-sum-exp of " + n, () -> values(1, dtype, 4, n).logSumExp(1));
      }
      same("largest of special", () -> special(dtype).amax());
      same("place of the largest of special", () -> special(dtype).argMax(0));
    }
  }

  @TestFactory
  List<DynamicTest> products() {
    List<DynamicTest> tests = new ArrayList<>();
    int[][] shapes = {
      {0, 3, 2},
      {2, 0, 3},
      {1, 1, 1},
      {1, 7, 1},
      {5, 1, 9},
      {17, 19, 23},
      {64, 64, 64},
      {130, 2, 128},
      {65, 257, 33},
      {3, 700, 4}
    };
    for (DType dtype : FLOATS) {
      for (int[] s : shapes) {
        for (int form = 0; form < 4; form++) {
          boolean left = (form & 1) != 0;
          boolean right = (form & 2) != 0;
          String what = dtype + Arrays.toString(s) + (left ? " T" : " N") + (right ? "T" : "N");
          tests.add(
              DynamicTest.dynamicTest(
                  what,
                  () ->
                      same(
                          what,
                          () -> {
                            Tensor a =
                                left ? values(1, dtype, s[1], s[0]) : values(1, dtype, s[0], s[1]);
                            Tensor b =
                                right ? values(2, dtype, s[2], s[1]) : values(2, dtype, s[1], s[2]);
                            return a.matmul(b, left, right);
                          })));
        }
      }
    }
    return tests;
  }

  @Test
  void productsOfViews() {
    for (DType dtype : FLOATS) {
      same("batches", () -> values(1, dtype, 2, 1, 5, 6).matmul(values(2, dtype, 3, 6, 4)));
      same(
          "by columns, from inside",
          () ->
              values(1, dtype, 20, 30)
                  .narrow(1, 3, 9)
                  .transpose()
                  .matmul(values(2, dtype, 40, 20).narrow(0, 5, 11).transpose()));
      same(
          "one for many",
          () -> values(1, dtype, 4, 3, 5).matmul(values(2, dtype, 5, 2).expand(4, 5, 2)));
    }
  }

  @Test
  void updates() {
    AdamUpdate adam = new AdamUpdate(0.9, 0.99, 1e-8);
    double[] numbers = new double[AdamUpdate.NUMBERS];
    adam.fill(numbers, 1e-2, 0.1, 3);
    for (DType dtype : FLOATS) {
      for (int n : LENGTHS) {
        update(adam, dtype, n, 3, numbers);
        update(new MomentumUpdate(0.9), dtype, n, 2, 0.1);
        update(LerpUpdate.LERP, dtype, n, 1, 0.3);
        update(AssignUpdate.ASSIGN, dtype, n, 1);
      }
    }
  }

  /** Changes two groups of tensors, one of them by a view as gradient. */
  private static void update(Update op, DType dtype, int n, int groups, double... numbers) {
    Parity.sameBits(
        op + " of " + n + " " + dtype,
        () -> {
          List<Tensor> inputs = new ArrayList<>();
          inputs.add(values(1, dtype, n));
          inputs.add(values(2, dtype, n, 2).transpose());
          if (numbers.length > 0) {
            inputs.add(Tensor.of(numbers));
          }
          List<Tensor> outputs = new ArrayList<>();
          for (int group = 0; group < groups; group++) {
            // Second moments are not negative.
            outputs.add(values(3 + group, dtype, n).abs());
            outputs.add(values(6 + group, dtype, 2, n).abs());
          }
          Execute.update(op, inputs, outputs);
          return outputs.toArray(Tensor[]::new);
        });
  }

  @Test
  void randomNumbers() {
    for (long start : new long[] {0, 1, 63, 64, 1000003, (1L << 33) + 5}) {
      for (int n : new int[] {0, 1, 100, 300}) {
        for (DType dtype : FLOATS) {
          Supplier<Rng> rng = () -> Rng.of(-3, 5, start);
          same("uniform", () -> rng.get().uniform(dtype, n));
          same("normal", () -> rng.get().normal(dtype, n));
          same("rademacher", () -> rng.get().rademacher(dtype, n));
          same("integers", () -> rng.get().integers(1000, n));
        }
      }
    }
    same("integers of a large bound", () -> Rng.of(1).integers((1L << 40) + 1, 999));
  }

  @Test
  void moves() {
    for (DType dtype : DType.values()) {
      Supplier<Tensor> x = () -> whole(9, dtype, 4, 5, 6);
      same(dtype + " transposed", () -> x.get().permute(2, 0, 1).copy());
      same(dtype + " backwards", () -> x.get().slice(2, 5, -2, 3).copy());
      same(dtype + " repeated", () -> x.get().get(1, 2).unsqueeze(0).expand(3, 4, 6).copy());
      same(dtype + " joined", () -> Tensor.concat(1, x.get(), x.get().narrow(1, 0, 0), x.get()));
      same(dtype + " empty", () -> x.get().narrow(0, 2, 0).permute(1, 0, 2).copy());
      same(dtype + " taken", () -> x.get().take(1, Tensor.of(new long[] {4, 0, 4, 1, 2, 3, 3})));
    }
    for (DType dtype : FLOATS) {
      same(
          "added where taken",
          () ->
              Execute.run(
                  new TakeAdjoint(0, 50), values(1, dtype, 400, 3), Rng.of(3).integers(50, 400)));
      same(
          "embedded",
          () ->
              Execute.run(
                  new Embed(1, 9, -3, 11),
                  values(1, dtype, 4, 3, 2).transpose(1, 2).transpose(1, 2)));
    }
    same("a scalar", () -> Tensor.scalar(2, DType.FLOAT32).reshape(Shape.of(1, 1)).copy());
  }
}

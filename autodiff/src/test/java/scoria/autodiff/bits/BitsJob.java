package scoria.autodiff.bits;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import scoria.autodiff.grad.Gradient;
import scoria.autodiff.grad.Jvp;
import scoria.engine.device.Device;
import scoria.engine.exec.Execute;
import scoria.engine.function.Attention;
import scoria.engine.function.Convolutions;
import scoria.engine.function.Normalization;
import scoria.engine.function.Pooling;
import scoria.engine.function.Resize;
import scoria.engine.function.Sliding;
import scoria.engine.op.AdamUpdate;
import scoria.engine.op.Binary;
import scoria.engine.op.Unary;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * One job that goes through kernels, gradients and a short training, and prints a checksum of each
 * result: {@code name checksum} a line. Run by {@link SameBitsTest} in machines of different kinds.
 */
final class BitsJob {
  private BitsJob() {}

  public static void main(String[] args) {
    for (String threads : args) {
      Device.cpu().threads(Integer.parseInt(threads));
      for (Map.Entry<String, Long> entry : checksums().entrySet()) {
        System.out.println(entry.getKey() + " " + Long.toHexString(entry.getValue()));
      }
    }
  }

  static Map<String, Long> checksums() {
    Map<String, Long> sums = new TreeMap<>();
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      pointwise(dtype, sums);
      reductions(dtype, sums);
      products(dtype, sums);
      random(dtype, sums);
      matrices(dtype, sums);
      space(dtype, sums);
    }
    training(sums);
    return sums;
  }

  private static void pointwise(DType dtype, Map<String, Long> sums) {
    // Big enough for several ranges of the worker pool, and no multiple of any vector width.
    Tensor x = Rng.of(1).normal(dtype, 70_003).mul(3);
    Tensor y = Rng.of(2).normal(dtype, 70_003);
    for (Unary op : Unary.values()) {
      Tensor in = op == Unary.LOG || op == Unary.SQRT || op == Unary.RSQRT ? x.abs() : x;
      put(sums, op.label() + dtype, in.apply(op));
    }
    for (Binary op : Binary.values()) {
      put(sums, op.label() + dtype, x.apply(op, y));
      put(
          sums,
          op.label() + "rows" + dtype,
          x.narrow(0, 0, 70_000).reshape(700, 100).apply(op, y.narrow(0, 0, 100)));
    }
  }

  private static void reductions(DType dtype, Map<String, Long> sums) {
    Tensor x = Rng.of(3).normal(dtype, 1003, 37);
    for (int axis = 0; axis < 2; axis++) {
      put(sums, "sum" + axis + dtype, x.sum(axis));
      put(sums, "softmax" + axis + dtype, x.softmax(axis));
      put(sums, "prod" + axis + dtype, x.prod(axis));
      put(sums, "cumsum" + axis + dtype, x.cumSum(axis, false, true));
      put(sums, "cumprod" + axis + dtype, x.cumProd(axis));
      put(sums, "argsort" + axis + dtype, x.argSort(axis, true));
      put(sums, "logSumExp" + axis + dtype, x.logSumExp(axis));
    }
    put(sums, "sum" + dtype, x.sum());
    put(sums, "long" + dtype, Rng.of(4).normal(dtype, 1_000_003).sum());
    put(sums, "columns" + dtype, x.transpose().sum(1));
  }

  private static void products(DType dtype, Map<String, Long> sums) {
    long[][] shapes = {
      {1, 1, 1}, {512, 2, 128}, {512, 128, 128}, {512, 128, 2}, {67, 300, 45}, {3, 700, 1}
    };
    for (long[] s : shapes) {
      Tensor a = Rng.of(5).normal(dtype, s[0], s[1]);
      Tensor b = Rng.of(6).normal(dtype, s[1], s[2]);
      Tensor c = a.matmul(b);
      String name = "matmul" + s[0] + "x" + s[1] + "x" + s[2] + dtype;
      put(sums, name, c);
      // The same product from transposed storage has the same bits, and so has one row alone.
      put(sums, name, a.transpose().copy().matmul(b, true, false));
      put(sums, name, a.matmul(b.transpose().copy(), false, true));
      put(sums, name + "row", c.get(0, -1));
      put(sums, name + "row", a.narrow(0, s[0] - 1, 1).matmul(b).get(0, 0));
    }
  }

  private static void matrices(DType dtype, Map<String, Long> sums) {
    Tensor a = Rng.of(12).normal(dtype, 5, 37, 37);
    Tensor definite = a.matmul(a, false, true).add(Tensor.eye(37, dtype));
    put(sums, "cholesky" + dtype, definite.cholesky());
    put(sums, "triangularSolve" + dtype, definite.triangularSolve(a, true, true, false));
    put(sums, "solve" + dtype, a.solve(definite));
    put(sums, "slogdet" + dtype, a.slogdet().logAbs());
    put(sums, "eigh" + dtype, a.eigh().vectors());
    put(sums, "qr" + dtype, a.qr().q());
    put(sums, "svd" + dtype, a.svd().u());
  }

  private static void space(DType dtype, Map<String, Long> sums) {
    Tensor x = Rng.of(13).normal(dtype, 3, 6, 19, 21).tracked();
    Tensor w = Rng.of(14).normal(dtype, 8, 3, 3, 3).tracked();
    Sliding sliding = Sliding.UNIT.stride(1, 2).padding(1);
    Tensor y = Convolutions.conv(x, w, null, sliding, 2);
    put(sums, "conv" + dtype, y);
    List<Tensor> gradients = Gradient.vjp(y, List.of(x, w), Rng.of(15).normal(dtype, 3, 8, 19, 11));
    put(sums, "conv input" + dtype, gradients.get(0));
    put(sums, "conv weight" + dtype, gradients.get(1));
    // One sample alone, and without a graph.
    Tensor one = x.detach().narrow(0, 1, 1);
    put(sums, "conv sample" + dtype, y.narrow(0, 1, 1));
    put(sums, "conv sample" + dtype, Convolutions.conv(one, w.detach(), null, sliding, 2));
    put(sums, "maxPool" + dtype, Pooling.maxPool(x, List.of(3L), Sliding.UNIT.stride(2)));
    put(sums, "avgPool" + dtype, Pooling.avgPool(x, List.of(3L), Sliding.UNIT.padding(1), true));
    put(sums, "groupNorm" + dtype, Normalization.groupNorm(x, 2, null, null, 1e-5));
    put(sums, "resize" + dtype, Resize.resize(x, List.of(33L, 10L), Resize.How.CUBIC));
    Tensor rows = x.reshape(3, 6, 19, 21);
    put(sums, "attention" + dtype, Attention.scaledDotProduct(rows, rows, rows, null, true));
  }

  private static void random(DType dtype, Map<String, Long> sums) {
    put(sums, "uniform" + dtype, Rng.of(7).uniform(dtype, 70_003));
    put(sums, "normal" + dtype, Rng.of(7).normal(dtype, 70_003));
    put(sums, "rademacher" + dtype, Rng.of(7).rademacher(dtype, 70_003));
    Rng pieces = Rng.of(7);
    Tensor first = pieces.normal(dtype, 1001);
    put(sums, "normal" + dtype, Tensor.concat(0, first, pieces.normal(dtype, 69_002)));
    put(sums, "integers", Rng.of(8).integers(1797, 10_001));
  }

  private static void training(Map<String, Long> sums) {
    Rng rng = Rng.of(9);
    List<Tensor> weights =
        List.of(
            rng.normal(2, 128).mul(0.5).tracked(),
            Tensor.zeros(128).tracked(),
            rng.normal(128, 128).mul(0.1).tracked(),
            Tensor.zeros(128).tracked(),
            rng.normal(128, 2).mul(0.1).tracked(),
            Tensor.zeros(2).tracked());
    List<Tensor> state = new ArrayList<>(weights);
    for (int copy = 0; copy < 2; copy++) {
      for (Tensor w : weights) {
        state.add(w.zerosLike());
      }
    }
    AdamUpdate adam = new AdamUpdate(0.9, 0.999, 1e-8);
    for (int step = 1; step <= 10; step++) {
      Tensor x = rng.normal(512, 2);
      Tensor target = x.mul(x.sin());
      Tensor loss = model(weights, x).sub(target).square().mean();
      List<Tensor> inputs = new ArrayList<>(Gradient.of(loss, weights));
      double[] numbers = new double[AdamUpdate.NUMBERS];
      adam.fill(numbers, 1e-3, 0, step);
      inputs.add(Tensor.of(numbers));
      Execute.update(adam, inputs, state);
    }
    for (int i = 0; i < state.size(); i++) {
      put(sums, "trained" + i, state.get(i));
    }
    Tensor x = rng.normal(300, 2).tracked();
    Tensor y = model(weights, x);
    put(sums, "jvp", Jvp.of(y, x, x.onesLike()));
  }

  private static Tensor model(List<Tensor> w, Tensor x) {
    Tensor h = x.matmul(w.get(0)).add(w.get(1)).silu();
    h = h.matmul(w.get(2)).add(w.get(3)).gelu();
    return h.matmul(w.get(4)).add(w.get(5));
  }

  private static void put(Map<String, Long> sums, String name, Tensor tensor) {
    CRC32C crc = new CRC32C();
    crc.update(tensor.contiguous().segment().asByteBuffer());
    Long before = sums.put(name, crc.getValue());
    if (before != null && before != crc.getValue()) {
      throw new AssertionError(name + " has other bits the second time");
    }
    Reference.reachabilityFence(tensor);
  }
}

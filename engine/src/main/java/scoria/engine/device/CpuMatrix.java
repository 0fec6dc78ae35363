package scoria.engine.device;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import scoria.engine.op.Cholesky;
import scoria.engine.op.Determinant;
import scoria.engine.op.Eigh;
import scoria.engine.op.MatMul;
import scoria.engine.op.MatrixOp;
import scoria.engine.op.MultiOp;
import scoria.engine.op.Op;
import scoria.engine.op.Qr;
import scoria.engine.op.Slogdet;
import scoria.engine.op.Solve;
import scoria.engine.op.Svd;
import scoria.engine.op.TriangularSolve;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.WorkerPool;

/**
 * Factorisations and solutions: every matrix of a batch by itself, in float64 on arrays of the
 * heap, by one thread, so that its bits do not depend on the batch or on the threads.
 */
final class CpuMatrix {
  private CpuMatrix() {}

  static void run(WorkerPool pool, MatrixOp op, Tensor[] inputs, Tensor y) {
    switch (op) {
      case Cholesky _ -> cholesky(pool, op, inputs[0], y);
      case Determinant _ ->
          each(pool, op, inputs[0], i -> write(y, i, lu(inputs[0], i).determinant()));
      case Solve _ -> solve(pool, op, inputs, y);
      case TriangularSolve solve -> triangular(pool, solve, inputs, y);
    }
  }

  static void run(WorkerPool pool, MultiOp op, Tensor x, Tensor[] outputs) {
    int m = rows(x);
    int n = columns(x);
    switch (op) {
      case Slogdet _ ->
          each(
              pool,
              op,
              x,
              i -> {
                Lu lu = lu(x, i);
                write(outputs[0], i, lu.sign());
                return write(outputs[1], i, lu.logAbs());
              });
      case Qr _ ->
          each(
              pool,
              op,
              x,
              i -> {
                double[] r = new double[n * n];
                write(outputs[0], i, Householder.qr(read(x, i), r, m, n));
                return write(outputs[1], i, r);
              });
      case Eigh _ -> each(pool, op, x, i -> write(outputs, i, Spectral.eigh(read(x, i), n)));
      case Svd _ -> each(pool, op, x, i -> write(outputs, i, Spectral.svd(read(x, i), m, n)));
    }
  }

  private static void cholesky(WorkerPool pool, Op op, Tensor x, Tensor y) {
    int n = rows(x);
    each(
        pool,
        op,
        x,
        i -> {
          double[] a = read(x, i);
          int bad = Triangular.cholesky(a, n);
          if (bad >= 0) {
            return "is not positive definite: pivot "
                + bad
                + " of 0 to "
                + (n - 1)
                + " is "
                + a[bad * n + bad]
                + " and must be above 0";
          }
          return write(y, i, a);
        });
  }

  private static void solve(WorkerPool pool, Op op, Tensor[] inputs, Tensor y) {
    Tensor a = inputs[0];
    // Once a matrix, however many right-hand sides it is broadcast to.
    Lu[] factors = new Lu[count(a)];
    each(
        pool,
        op,
        a,
        i -> {
          factors[i] = lu(a, i);
          int pivot = factors[i].zeroPivot();
          return pivot < 0
              ? null
              : "is singular: pivot " + pivot + " of 0 to " + (rows(a) - 1) + " is 0";
        });
    Layout ofA = numbers(a, y);
    Layout ofB = numbers(inputs[1], y);
    int k = columns(y);
    each(
        pool,
        op,
        y,
        i -> {
          double[] x = read(inputs[1], at(ofB, i));
          return write(y, i, factors[at(ofA, i)].solve(x, k));
        });
  }

  private static void triangular(WorkerPool pool, TriangularSolve op, Tensor[] inputs, Tensor y) {
    int n = rows(y);
    int k = columns(y);
    Tensor a = inputs[0];
    Layout ofA = numbers(a, y);
    Layout ofB = numbers(inputs[1], y);
    if (!op.unit()) {
      each(
          pool,
          op,
          a,
          i -> {
            double[] t = read(a, i);
            for (int row = 0; row < n; row++) {
              if (t[row * n + row] == 0) {
                return "is singular: row " + row + " has 0 on its diagonal";
              }
            }
            return null;
          });
    }
    each(
        pool,
        op,
        y,
        i -> {
          double[] x = read(inputs[1], at(ofB, i));
          double[] t = read(a, at(ofA, i));
          Triangular.solve(t, n, op.upper(), op.transposed(), op.unit(), x, k);
          return write(y, i, x);
        });
  }

  private static Lu lu(Tensor x, int number) {
    return Lu.of(read(x, number), rows(x));
  }

  // ---- Batches.

  private static int rows(Tensor x) {
    return Math.toIntExact(x.size(-2));
  }

  private static int columns(Tensor x) {
    return Math.toIntExact(x.size(-1));
  }

  private static int count(Tensor x) {
    return Math.toIntExact(MatMul.batch(x.shape()).elements());
  }

  /**
   * Does something for every matrix of a batch.
   *
   * @param body gives what is wrong with the matrix of a number, or null
   * @throws IllegalArgumentException for the first matrix that something is wrong with, which does
   *     not depend on who came to it first
   */
  private static void each(WorkerPool pool, Op op, Tensor x, IntFunction<@Nullable String> body) {
    @Nullable String[] wrong = new @Nullable String[count(x)];
    pool.run(wrong.length, i -> wrong[i] = body.apply(i));
    for (int i = 0; i < wrong.length; i++) {
      if (wrong[i] != null) {
        throw new IllegalArgumentException(
            "'"
                + op.label()
                + "' of "
                + x.signature()
                + ": "
                + (x.rank() == 2 ? "the matrix" : "matrix " + i + " of the batch")
                + " "
                + wrong[i]);
      }
    }
  }

  /** Which matrix of {@code x} belongs to one of {@code y}, to whose batch it broadcasts. */
  private static Layout numbers(Tensor x, Tensor y) {
    return Layout.dense(MatMul.batch(x.shape())).expand(MatMul.batch(y.shape()));
  }

  private static int at(Layout numbers, int number) {
    Shape shape = numbers.shape();
    long[] index = new long[shape.rank()];
    long left = number;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = left % shape.size(axis);
      left /= shape.size(axis);
    }
    return (int) numbers.place(index);
  }

  // ---- Memory.

  /** One matrix of a batch, by rows. */
  private static double[] read(Tensor x, int number) {
    int n = Math.multiplyExact(rows(x), columns(x));
    double[] out = new double[n];
    MemorySegment from = Cpu.segment(x);
    long start = (x.layout().offset() + (long) number * n) * x.dtype().bytes();
    if (x.dtype() == DType.FLOAT64) {
      MemorySegment.copy(from, ValueLayout.JAVA_DOUBLE, start, out, 0, n);
    } else {
      float[] narrow = new float[n];
      MemorySegment.copy(from, ValueLayout.JAVA_FLOAT, start, narrow, 0, n);
      for (int i = 0; i < n; i++) {
        out[i] = narrow[i];
      }
    }
    return out;
  }

  /** Puts values where the outputs of a matrix of the batch lie; nothing is wrong with it. */
  private static @Nullable String write(Tensor y, int number, double... values) {
    MemorySegment into = Cpu.segment(y);
    int n = values.length;
    long start = (y.layout().offset() + (long) number * n) * y.dtype().bytes();
    if (y.dtype() == DType.FLOAT64) {
      MemorySegment.copy(values, 0, into, ValueLayout.JAVA_DOUBLE, start, n);
    } else {
      float[] narrow = new float[n];
      for (int i = 0; i < n; i++) {
        narrow[i] = (float) values[i];
      }
      MemorySegment.copy(narrow, 0, into, ValueLayout.JAVA_FLOAT, start, n);
    }
    return null;
  }

  /** Puts several outputs in place, or says what is wrong if there are none. */
  private static @Nullable String write(Tensor[] outputs, int number, double[][] values) {
    if (values.length == 0) {
      return "holds NaN or infinity";
    }
    for (int i = 0; i < outputs.length; i++) {
      write(outputs[i], number, values[i]);
    }
    return null;
  }
}

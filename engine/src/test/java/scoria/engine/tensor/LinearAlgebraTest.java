package scoria.engine.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import scoria.engine.device.Device;

/**
 * Factorisations: as small residuals as LAPACK's, known solutions, the same bits in a batch and
 * alone, and what they say of matrices that do not fit.
 */
class LinearAlgebraTest {
  private static final double EPS = 0x1p-52;

  private static final int[] SIZES = {1, 2, 3, 7, 16, 33, 64, 100};

  private static Tensor random(int stream, long... sizes) {
    return Rng.of(21).stream(stream).normal(DType.FLOAT64, sizes);
  }

  private static Tensor definite(int n) {
    Tensor b = random(1, n, n);
    return b.matmul(b, false, true).add(Tensor.eye(n, DType.FLOAT64));
  }

  private static Tensor eye(long n) {
    return Tensor.eye((int) n, DType.FLOAT64);
  }

  private static double norm(Tensor x) {
    return Math.sqrt(x.square().sum().item());
  }

  /** LAPACK's own tests let a residual pass below some tens of n eps. */
  private static void small(double residual, double scale, long n, String what) {
    double limit = 10 * n * EPS * scale;
    assertTrue(residual <= limit, what + ", n = " + n + ": " + residual + " above " + limit);
  }

  @Test
  void residualsOfFactorisations() {
    for (int n : SIZES) {
      Tensor a = definite(n);
      Tensor l = a.cholesky();
      small(norm(a.sub(l.matmul(l, false, true))), norm(a), n, "A - L L'");

      Tensor g = random(2, n, n);
      Tensor s = g.add(g.transpose());
      Eigen eigen = s.eigh();
      Tensor v = eigen.vectors();
      small(norm(s.matmul(v).sub(v.mul(eigen.values()))), norm(s), n, "A V - V W");
      small(norm(v.matmul(v, true, false).sub(eye(n))), Math.sqrt(n), n, "V' V - I");

      for (long m : new long[] {n, n + 5, 3 * n}) {
        Tensor t = random(3, m, n);
        QrFactors qr = t.qr();
        small(norm(t.sub(qr.q().matmul(qr.r()))), norm(t), m, "A - Q R");
        small(norm(qr.q().matmul(qr.q(), true, false).sub(eye(n))), Math.sqrt(n), m, "Q' Q - I");
        SvdFactors svd = t.svd();
        Tensor u = svd.u();
        small(norm(t.sub(u.mul(svd.s()).matmul(svd.vh()))), norm(t), m, "A - U S V'");
        small(norm(u.matmul(u, true, false).sub(eye(n))), Math.sqrt(n), m, "U' U - I");
        small(norm(svd.vh().matmul(svd.vh(), false, true).sub(eye(n))), Math.sqrt(n), m, "V' V");
      }
    }
  }

  @Test
  void residualsOfSolutions() {
    for (int n : SIZES) {
      Tensor a = random(4, n, n);
      Tensor b = random(5, n, 3);
      Tensor x = a.solve(b);
      small(norm(a.matmul(x).sub(b)), norm(a) * norm(x), n, "A X - B");
      Tensor inverse = a.inverse();
      small(norm(a.matmul(inverse).sub(eye(n))), norm(a) * norm(inverse), n, "A inv(A) - I");
      Tensor mask = Tensor.arange(n).unsqueeze(1).greaterEqual(Tensor.arange(n));
      Tensor l = Tensor.where(mask, a, a.zeroLike()).add(eye(n).mul(n));
      Tensor y = a.add(eye(n).mul(n)).triangularSolve(b, false);
      small(norm(l.matmul(y).sub(b)), norm(l) * norm(y), n, "L X - B");
      Tensor z = a.add(eye(n).mul(n)).triangularSolve(b, false, true, false);
      small(norm(l.matmul(z, true, false).sub(b)), norm(l) * norm(z), n, "L' X - B");
    }
  }

  /** The second difference has known eigenvalues and determinant. */
  @Test
  void secondDifference() {
    int n = 100;
    Tensor i = Tensor.arange(n);
    Tensor apart = i.unsqueeze(1).to(DType.FLOAT64).sub(i.to(DType.FLOAT64)).abs();
    Tensor a =
        apart
            .mul(-3)
            .add(2)
            .max(-1)
            .mul(apart.less(Tensor.scalar(2, DType.FLOAT64)).to(DType.FLOAT64));
    double[] want =
        IntStream.rangeClosed(1, n)
            .mapToDouble(k -> 2 - 2 * Math.cos(k * Math.PI / (n + 1)))
            .toArray();
    assertArrayEquals(want, a.eigh().values().toDoubles(), 40 * EPS);
    double[] singular = a.svd().s().toDoubles();
    assertArrayEquals(
        want, IntStream.range(0, n).mapToDouble(k -> singular[n - 1 - k]).toArray(), 40 * EPS);
    assertEquals(n + 1, a.det().item(), 1e-11);
    assertEquals(Math.log(n + 1), a.slogdet().logAbs().item(), 1e-13);
    assertEquals(-1, a.mul(-1).narrow(0, 0, 99).narrow(1, 0, 99).slogdet().sign().item());
  }

  /** Hilbert's 8 by 8, condition number 1.5e10; values of its float64 entries by mpmath. */
  @Test
  void illConditioned() {
    double[] h = new double[64];
    Arrays.setAll(h, i -> 1.0 / (i / 8 + i % 8 + 1));
    Tensor a = Tensor.of(h, 8, 8);
    double condition = 1.5257575563e10;
    double[] values = {
      1.1115389694888082e-10,
      1.7988737460063012e-8,
      1.2943320918741793e-6,
      5.4369433697508963e-5,
      0.0014676881177418471,
      0.026212843578119051,
      0.29812521131693071,
      1.6959389969219494
    };
    assertArrayEquals(values, a.eigh().values().toDoubles(), 8 * EPS);
    double[] s = a.svd().s().toDoubles();
    for (int i = 0; i < 8; i++) {
      assertEquals(values[7 - i], s[i], 8 * EPS);
    }
    assertEquals(2.7370501217557288e-33, a.det().item(), 2.7e-33 * condition * 2 * EPS);
    assertEquals(-74.978427326250701, a.slogdet().logAbs().item(), condition * 2 * EPS);
    double[] diagonal = {
      1.0,
      0.28867513459481285,
      0.074535599249992899,
      0.01889822365046265,
      0.0047619047619072562,
      0.0011964735895474875,
      0.00030016244345008941,
      7.5232776944145928e-5
    };
    Tensor l = a.cholesky();
    for (int i = 0; i < 8; i++) {
      assertEquals(diagonal[i], l.toFloat64(i, i), diagonal[i] * condition * EPS);
    }
    double[] solution = {
      -7.9999999499642061,
      503.9999950878592,
      -7559.9999150882063,
      46199.999455705792,
      -138599.99835567476,
      216215.99746902086,
      -168167.99807885003,
      51479.99942952376
    };
    double[] x = a.solve(Tensor.full(1, DType.FLOAT64, 8)).toDoubles();
    for (int i = 0; i < 8; i++) {
      assertEquals(solution[i], x[i], Math.abs(solution[i]) * condition * EPS);
    }
  }

  /** Everything that the interface has, its outputs in a list. */
  private static final List<Function<Tensor, List<Tensor>>> ALL =
      List.of(
          a -> List.of(definite(a).cholesky()),
          a -> List.of(a.solve(a.transpose()), a.inverse(), a.det()),
          a -> List.of(a.triangularSolve(a, true), a.triangularSolve(a, false, true, true)),
          a -> List.of(a.slogdet().sign(), a.slogdet().logAbs()),
          a -> List.of(a.eigh().values(), a.eigh().vectors()),
          a -> List.of(a.qr().q(), a.qr().r()),
          a -> List.of(a.svd().u(), a.svd().s(), a.svd().vh()));

  private static Tensor definite(Tensor a) {
    return Tensor.eye((int) a.size(-1), a.dtype()).mul(20).add(a);
  }

  /** Odd multiples of 1/8192: equal in both types, and so is what is added to them. */
  private static Tensor batch(DType dtype, int n) {
    return Rng.of(22)
        .normal(DType.FLOAT32, 3, 2, n, n)
        .mul(1000)
        .rint()
        .add(0.5)
        .div(4096)
        .to(dtype);
  }

  @Test
  void singlePrecisionIsDoublePrecisionRoundedOnce() {
    for (int n : new int[] {1, 2, 9, 20}) {
      for (Function<Tensor, List<Tensor>> f : ALL) {
        List<Tensor> narrow = f.apply(batch(DType.FLOAT32, n));
        List<Tensor> wide = f.apply(batch(DType.FLOAT64, n));
        for (int k = 0; k < narrow.size(); k++) {
          assertArrayEquals(wide.get(k).toFloats(), narrow.get(k).toFloats());
        }
      }
    }
  }

  @Test
  void sameBitsAloneAndInABatchForAnyNumberOfThreads() {
    int threads = Device.cpu().threads();
    try {
      List<double[]> want = new ArrayList<>();
      for (int count : new int[] {1, 2, 7}) {
        Device.cpu().threads(count);
        List<double[]> got = new ArrayList<>();
        for (Function<Tensor, List<Tensor>> f : ALL) {
          Tensor a = batch(DType.FLOAT64, 17);
          List<Tensor> all = f.apply(a);
          List<Tensor> one = f.apply(a.get(0, 2).get(0, 1));
          for (int k = 0; k < all.size(); k++) {
            got.add(all.get(k).toDoubles());
            Tensor alone = one.get(k);
            assertArrayEquals(all.get(k).get(0, 2).get(0, 1).toDoubles(), alone.toDoubles(), 0);
          }
        }
        want = want.isEmpty() ? got : want;
        for (int k = 0; k < got.size(); k++) {
          assertArrayEquals(want.get(k), got.get(k), 0, count + " threads, result " + k);
        }
      }
    } finally {
      Device.cpu().threads(threads);
    }
  }

  @Test
  void batchesBroadcast() {
    Tensor a = random(6, 4, 1, 3, 3);
    Tensor b = random(7, 5, 3, 2);
    Tensor x = a.solve(b);
    assertEquals(Shape.of(4, 5, 3, 2), x.shape());
    Tensor one = a.get(0, 3).get(0, 0).solve(b.get(0, 2));
    assertArrayEquals(one.toDoubles(), x.get(0, 3).get(0, 2).toDoubles(), 0);
    Tensor vector = a.solve(Tensor.of(new double[] {1, 2, 3}));
    assertEquals(Shape.of(4, 1, 3), vector.shape());
  }

  @Test
  void functionsOfBatches() {
    Tensor a = random(11, 2, 3, 3);
    assertArrayEquals(
        Tensor.concat(0, eye(3), eye(3)).toDoubles(), a.matrixPower(0).reshape(6, 3).toDoubles());
    assertArrayEquals(a.toDoubles(), a.matrixPower(1).toDoubles());
    Tensor b = random(12, 2, 2);
    Tensor kron = a.kron(b);
    assertEquals(Shape.of(2, 6, 6), kron.shape());
    assertArrayEquals(
        a.get(0, 1).kron(b).toDoubles(), kron.get(0, 1).toDoubles(), 0, "one for many");
    assertEquals(
        a.toFloat64(1, 2, 0) * b.toFloat64(1, 1), kron.toFloat64(1, 5, 1), 0, "by definition");
    assertEquals(Shape.of(2, 5, 3, 4), random(1, 2, 1, 3).outer(random(2, 5, 4)).shape());
    Tensor tall = random(13, 2, 7, 3);
    Tensor y = random(14, 7);
    Tensor x = tall.lstsq(y);
    assertEquals(Shape.of(2, 3), x.shape());
    // What is left over is orthogonal to the columns.
    Tensor left = tall.matmul(x.unsqueeze(-1)).sub(y.unsqueeze(-1));
    small(norm(tall.matmul(left, true, false)), norm(tall) * norm(y), 7, "A' (A X - B)");
    Tensor wide = tall.transpose();
    small(
        norm(
            wide.matmul(wide.lstsq(y.narrow(0, 0, 3)).unsqueeze(-1))
                .sub(y.narrow(0, 0, 3).unsqueeze(-1))),
        norm(wide) * norm(y),
        7,
        "A X - B");
    Tensor definite = definite(5);
    Tensor l = definite.cholesky();
    assertEquals(definite.slogdet().logAbs().item(), l.choleskyLogDet().item(), 1e-13);
    small(norm(definite.matmul(l.choleskySolve(eye(5))).sub(eye(5))), norm(definite), 5, "A X - I");
    assertEquals(Shape.of(2), tall.spectralNorm().shape());
    refuses(() -> a.outer(Tensor.scalar(1, DType.FLOAT64)), "'outer'", "scalar");
    refuses(() -> a.dot(b), "'dot'", "[2, 3, 3]", "[2, 2]");
    refuses(() -> b.cross(b), "'cross'", "size 3");
    refuses(() -> tall.matrixPower(2), "'matrixPower'", "equal size");
    refuses(() -> tall.mul(0).pinv(), "singular", "row 0");
  }

  @Test
  void wideMatrices() {
    Tensor a = random(8, 2, 3, 5);
    QrFactors qr = a.qr();
    assertEquals(Shape.of(2, 3, 3), qr.q().shape());
    assertEquals(Shape.of(2, 3, 5), qr.r().shape());
    small(norm(a.sub(qr.q().matmul(qr.r()))), norm(a), 5, "A - Q R");
    SvdFactors svd = a.svd();
    assertEquals(Shape.of(2, 3, 3), svd.u().shape());
    assertEquals(Shape.of(2, 3, 5), svd.vh().shape());
    small(
        norm(a.sub(svd.u().mul(svd.s().unsqueeze(-2)).matmul(svd.vh()))), norm(a), 5, "A - U S V'");
  }

  @Test
  void signsAreFixed() {
    Tensor a = definite(6).neg();
    for (Tensor vectors : List.of(a.eigh().vectors(), random(9, 8, 6).svd().u())) {
      for (int j = 0; j < 6; j++) {
        double[] v = vectors.get(1, j).toDoubles();
        double largest = Arrays.stream(v).map(Math::abs).max().orElse(0);
        assertTrue(Arrays.stream(v).anyMatch(x -> x == largest), "column " + j);
      }
    }
    double[] r = random(9, 8, 6).qr().r().toDoubles();
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j <= i; j++) {
        assertTrue(i == j ? r[i * 6 + j] > 0 : r[i * 6 + j] == 0, "R at " + i + ", " + j);
      }
    }
  }

  @Test
  void degenerateMatrices() {
    Tensor zero = Tensor.full(0, DType.FLOAT64, 4, 3);
    assertArrayEquals(new double[3], zero.svd().s().toDoubles(), 0);
    assertArrayEquals(zero.toDoubles(), zero.qr().q().matmul(zero.qr().r()).toDoubles(), 0);
    Tensor u = zero.svd().u();
    assertArrayEquals(eye(3).toDoubles(), u.matmul(u, true, false).toDoubles(), 1e-15);
    assertArrayEquals(new double[] {1, 1, 1}, eye(3).eigh().values().toDoubles(), 0);
    assertArrayEquals(new double[3], zero.narrow(0, 0, 3).eigh().values().toDoubles(), 0);
    Tensor ones = Tensor.full(1, DType.FLOAT64, 5, 5);
    assertArrayEquals(new double[] {0, 0, 0, 0, 5}, ones.eigh().values().toDoubles(), 1e-14);
    assertEquals(0, ones.det().item());
    assertEquals(0, ones.slogdet().sign().item());
    assertEquals(Double.NEGATIVE_INFINITY, ones.slogdet().logAbs().item());
    for (double scale : new double[] {1e-300, 1e300}) {
      Tensor a = definite(4);
      double[] want = a.eigh().values().mul(scale).toDoubles();
      double[] got = a.mul(scale).eigh().values().toDoubles();
      double[] singular = a.mul(scale).svd().s().toDoubles();
      Tensor r = a.mul(scale).qr().r();
      for (int i = 0; i < 4; i++) {
        assertEquals(want[i], got[i], 1e-14 * want[3]);
        assertEquals(want[i], singular[3 - i], 1e-14 * want[3]);
        assertEquals(a.qr().r().toFloat64(i, i) * scale, r.toFloat64(i, i), 1e-14 * want[3]);
      }
    }
  }

  @Test
  void nothing() {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Tensor none = Tensor.full(0, dtype, 0, 0);
      assertEquals(Shape.of(0, 0), none.cholesky().shape());
      assertEquals(Shape.of(0, 0), none.inverse().shape());
      assertEquals(1, none.det().item());
      assertEquals(1, none.slogdet().sign().item());
      assertEquals(0, none.slogdet().logAbs().item());
      assertEquals(Shape.of(0), none.eigh().values().shape());
      assertEquals(Shape.of(0, 0), none.svd().vh().shape());
      assertEquals(Shape.of(0, 0), none.qr().r().shape());
      assertEquals(Shape.of(0, 2), none.solve(Tensor.full(0, dtype, 0, 2)).shape());
      Tensor tall = Tensor.full(0, dtype, 2, 3, 0);
      assertEquals(Shape.of(2, 3, 0), tall.qr().q().shape());
      assertEquals(Shape.of(2, 0, 0), tall.svd().vh().shape());
      Tensor batch = Tensor.full(0, dtype, 0, 3, 3);
      assertEquals(Shape.of(0, 3, 3), batch.cholesky().shape());
      assertEquals(Shape.of(0, 3, 3), batch.inverse().shape());
      assertEquals(Shape.of(0), batch.det().shape());
      assertEquals(Shape.of(0, 3), batch.eigh().values().shape());
      assertEquals(Shape.of(0, 3), batch.svd().s().shape());
      Tensor b = Tensor.full(0, dtype, 3, 0);
      assertEquals(Shape.of(3, 0), Tensor.eye(3, dtype).solve(b).shape());
      assertEquals(Shape.of(3, 0), Tensor.eye(3, dtype).triangularSolve(b, true).shape());
    }
  }

  @Test
  void refusals() {
    Tensor a = eye(3);
    Tensor oblong = random(10, 2, 3);
    refuses(oblong::cholesky, "'cholesky' of float64[2, 3]", "not square", "2 and 3");
    refuses(oblong::inverse, "'inverse'", "[2, 3]");
    refuses(() -> Tensor.ones(3).det(), "'det'", "two axes");
    refuses(() -> Tensor.arange(4).reshape(2, 2).eigh(), "'eigh'", "int64");
    refuses(() -> a.solve(oblong), "'solve'", "2 rows", "3");
    refuses(() -> a.solve(a.to(DType.FLOAT32)), "types differ");
    Tensor batch = Tensor.stack(0, a, a.mul(2), a.mul(Tensor.of(new double[] {1, -1, 1})), a);
    refuses(
        batch::cholesky,
        "'cholesky' of float64[4, 3, 3]: matrix 2 of the batch is not positive definite",
        "pivot 1 of 0 to 2 is -1.0 and must be above 0");
    refuses(() -> a.mul(Double.NaN).cholesky(), "the matrix is not positive definite", "is NaN");
    Tensor singular = Tensor.of(new double[] {1, 2, 2, 4}, 2, 2);
    refuses(singular::inverse, "'solve' of float64[2, 2]: the matrix is singular", "pivot 1");
    Tensor hollow = Tensor.of(new double[] {1, 2, 2, 0}, 2, 2);
    refuses(() -> hollow.triangularSolve(a.narrow(0, 0, 2), true), "row 1 has 0 on its diagonal");
    hollow.triangularSolve(a.narrow(0, 0, 2), true, false, true);
    refuses(() -> a.mul(Double.NaN).eigh(), "NaN");
    refuses(() -> a.div(0).svd(), "infinity");
  }

  private static void refuses(Runnable call, String... parts) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call::run);
    String message = String.valueOf(e.getMessage());
    for (String part : parts) {
      assertTrue(message.contains(part), part + " in: " + message);
    }
    assertEquals(-1, message.indexOf('\n'), message);
  }
}

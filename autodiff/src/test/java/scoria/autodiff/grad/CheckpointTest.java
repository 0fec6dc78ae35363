package scoria.autodiff.grad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import scoria.autodiff.nn.Activation;
import scoria.autodiff.nn.Mlp;
import scoria.autodiff.nn.Parameters;
import scoria.autodiff.nn.Sequential;
import scoria.engine.exec.Execute;
import scoria.engine.exec.Program;
import scoria.engine.memory.Pool;
import scoria.engine.memory.Scope;
import scoria.engine.op.AssignUpdate;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;
import scoria.engine.tensor.Tracking;

class CheckpointTest {
  private final Sequential net = Mlp.of(Rng.of(1), Activation.SILU, 3, 16, 16, 3);
  private final Tensor input = Rng.of(2).normal(20, 3);

  private static void same(Tensor want, Tensor got) {
    assertArrayEquals(want.toDoubles(), got.toDoubles());
  }

  private static void same(List<Tensor> want, List<Tensor> got) {
    for (int i = 0; i < want.size(); i++) {
      same(want.get(i), got.get(i));
    }
  }

  private static Tensor loss(Tensor y) {
    return y.square().sum();
  }

  /** What is differentiated: the weights, which the function is not told of, and the input. */
  private List<Tensor> wrt(Tensor x) {
    List<Tensor> xs = new ArrayList<>(net.parameters().tensors());
    xs.add(x);
    return xs;
  }

  @Test
  void valueAndGradientsHaveTheBitsOfTheFunction() {
    Tensor x = input.tracked();
    Tensor y = net.forward(x);
    Tensor z = Checkpoint.of(net::forward, x);
    same(y, z);
    List<Tensor> got = Gradient.of(loss(z), wrt(x));
    same(Gradient.of(loss(y), wrt(x)), got);
    got.forEach(g -> assertFalse(g.isTracked()));
    // The input is a constant: the weights still count.
    same(
        Gradient.of(loss(net.forward(input)), net.parameters().tensors()),
        Gradient.of(loss(Checkpoint.of(net::forward, input)), net.parameters().tensors()));
  }

  @Test
  void forwardModeAndSecondDerivativesGoThrough() {
    Tensor x = input.tracked();
    List<Tensor> xs = wrt(x);
    List<Tensor> vs =
        xs.stream().map(t -> Rng.of(t.elements()).normal(t.shape().toArray())).toList();
    Tensor y = net.forward(x);
    Tensor z = Checkpoint.of(net::forward, x);
    same(Jvp.of(y, xs, vs), Jvp.of(z, xs, vs));
    for (Hvp.Mode mode : Hvp.Mode.values()) {
      List<Tensor> want = Hvp.of(mode, loss(y), xs, vs);
      List<Tensor> got = Hvp.of(mode, loss(z), xs, vs);
      for (int i = 0; i < want.size(); i++) {
        double scale = want.get(i).abs().amax().item();
        assertArrayEquals(
            want.get(i).toDoubles(), got.get(i).toDoubles(), 1e-5 * scale, mode + " " + i);
      }
    }
  }

  @Test
  void thirdDerivativesAndOnesInsideOfFunctions() {
    Tensor x = Tensor.of(new double[] {0.3, -1.2, 2});
    UnaryOperator<Tensor> cube = t -> Checkpoint.of(s -> s.square().mul(s), t);
    UnaryOperator<Tensor> first = t -> Gradient.at(s -> cube.apply(s).sum(), t);
    UnaryOperator<Tensor> second = t -> Gradient.at(s -> first.apply(s).sum(), t);
    assertArrayEquals(x.square().mul(3).toDoubles(), first.apply(x).toDoubles(), 1e-14);
    assertArrayEquals(x.mul(6).toDoubles(), second.apply(x).toDoubles(), 1e-14);
    assertArrayEquals(new double[] {6, 6, 6}, Jvp.at(second, x, x.onesLike()).toDoubles(), 1e-14);
    // A derivative inside of the function: s d(s^3)/ds = 3 s^3.
    UnaryOperator<Tensor> inner =
        t -> Checkpoint.of(s -> s.mul(Gradient.at(r -> r.square().mul(r).sum(), s)), t);
    assertArrayEquals(
        x.square().mul(9).toDoubles(),
        Gradient.at(t -> inner.apply(t).sum(), x).toDoubles(),
        1e-13);
    Tensor tracked = x.tracked();
    assertArrayEquals(
        x.square().mul(9).toDoubles(),
        Gradient.of(inner.apply(tracked).sum(), tracked).toDoubles(),
        1e-13);
  }

  @Test
  void checkpointsInsideOfCheckpoints() {
    Tensor x = input.tracked();
    Tensor y = net.forward(net.forward(x));
    Tensor z = Checkpoint.of(t -> Checkpoint.of(net::forward, Checkpoint.of(net::forward, t)), x);
    same(y, z);
    List<Tensor> want = Gradient.of(loss(y), wrt(x));
    List<Tensor> got = Gradient.of(loss(z), wrt(x));
    // The weights are used twice, so sums may be made in another order.
    for (int i = 0; i < want.size(); i++) {
      double scale = want.get(i).abs().amax().item();
      assertArrayEquals(want.get(i).toDoubles(), got.get(i).toDoubles(), 1e-6 * scale);
    }
  }

  @Test
  void whatIsUsedBesidesMayDependOnEachOther() {
    Tensor a = Tensor.scalar(3, DType.FLOAT64).tracked();
    Tensor b = a.square();
    // x a b = x a^3.
    Tensor x = Tensor.scalar(2, DType.FLOAT64).tracked();
    Tensor y = Checkpoint.of(t -> t.mul(a).mul(b), x);
    assertEquals(2 * 27, Gradient.of(y, a).item(), 1e-12);
    assertEquals(27, Gradient.of(y, x).item(), 1e-12);
    assertEquals(2 * 27, Jvp.of(y, a, a.onesLike()).item(), 1e-12);
    // Twice: 12 a.
    assertEquals(36, Hvp.of(y, a, a.onesLike()).item(), 1e-12);
  }

  @Test
  void randomNumbersAreTheSameAgain() {
    Rng plain = Rng.of(7);
    Rng kept = Rng.of(7);
    Tensor x = input.tracked();
    UnaryOperator<Tensor> noised = t -> net.forward(t.add(plain.normal(20, 3)));
    UnaryOperator<Tensor> again = t -> net.forward(t.add(kept.normal(20, 3)));
    Tensor y = noised.apply(noised.apply(x));
    Tensor z = Checkpoint.of(t -> again.apply(Checkpoint.of(again, t)), x);
    same(y, z);
    Tensor want = Gradient.of(loss(y), x);
    same(want, Gradient.of(loss(z), x));
    same(want, Gradient.of(loss(z), x));
    assertEquals(plain.place(), kept.place());
    Program program =
        Program.record(
            in -> {
              Tensor t = in.get(0).tracked();
              return List.of(Gradient.of(loss(Checkpoint.of(again, t)), t));
            });
    Tensor s = input.tracked();
    for (int i = 0; i < 3; i++) {
      same(Gradient.of(loss(noised.apply(s)), s), program.run(input).get(0));
    }
    boolean[] second = {false};
    Tensor odd =
        Checkpoint.of(
            t -> {
              Tensor out = second[0] ? t.mul(kept.normal(20, 4).sum()) : t.mul(2);
              second[0] = true;
              return out;
            },
            x);
    assertThrows(IllegalStateException.class, () -> Gradient.of(loss(odd), x));
  }

  @Test
  void worksInScopesAndWithoutTracking() {
    Tensor x = input.tracked();
    Tensor want = Gradient.of(loss(net.forward(x)), x);
    try (Scope scope = Scope.open("step")) {
      Tensor y = Checkpoint.of(net::forward, x);
      same(want, Gradient.of(loss(y), x));
      same(want, Gradient.differentiable(loss(y), x));
    }
    try (Tracking.Pause pause = Tracking.pause()) {
      assertFalse(Checkpoint.of(net::forward, x).isTracked());
      same(want, Gradient.at(t -> loss(Checkpoint.of(net::forward, t)), input));
    }
    assertFalse(Checkpoint.of(Tensor::exp, input).isTracked());
    // What is given back may be what was given, or no function of it at all.
    same(x.onesLike(), Gradient.of(Checkpoint.of(t -> t, x).sum(), x));
    same(
        x.zerosLike(), Gradient.of(Checkpoint.of(t -> t.detach(), x).sum().add(x.sum().mul(0)), x));
  }

  @Test
  void aChangedWeightIsNoticed() {
    Tensor w = Tensor.ones(3).tracked();
    Tensor y = Checkpoint.of(t -> t.mul(w).square(), input.tracked()).sum();
    Execute.update(AssignUpdate.ASSIGN, List.of(Tensor.zeros(3)), List.of(w));
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> Gradient.of(y, w));
    assertTrue(String.valueOf(e.getMessage()).contains("checkpoint"), e.getMessage());
    // A view of a weight that was changed before is no stale output.
    same(Tensor.ones(3), Gradient.of(Checkpoint.of(t -> t.reshape(3, 1), w).sum(), w));
  }

  @Test
  void holdsLessMemory() throws InterruptedException {
    Sequential part = Mlp.of(Rng.of(1), Activation.SILU, 64, 128, 128, 64);
    Parameters p = part.parameters();
    Tensor x = Rng.of(2).normal(1024, 64);
    int parts = 4;
    long all = held(() -> repeated(part::forward, parts, x));
    long few = held(() -> repeated(t -> Checkpoint.of(part::forward, t), parts, x));
    // The values between parts, and what the pool's size classes add to them.
    long between = parts * 1024L * 64 * 4;
    assertTrue(few <= 2 * between, few + " bytes, of which " + between + " are needed");
    assertTrue(all > 6 * few, all + " bytes without and " + few + " with checkpoints");
    Tensor y = repeated(t -> Checkpoint.of(part::forward, t), parts, x);
    List<Tensor> gradients = new ArrayList<>();
    long after =
        held(
            () -> {
              gradients.addAll(Gradient.of(y, p.tensors()));
              return y;
            });
    assertTrue(after <= 4 * p.count() * 4, after + " bytes for gradients of " + p.count());
  }

  private static Tensor repeated(UnaryOperator<Tensor> part, int times, Tensor x) {
    Tensor y = x;
    for (int i = 0; i < times; i++) {
      y = part.apply(y);
    }
    return y.square().sum();
  }

  /** Bytes that are held for a result and its past, once the collector has taken what it can. */
  private static long held(Supplier<Tensor> make) throws InterruptedException {
    long before = settled();
    Tensor y = make.get();
    long after = settled();
    Reference.reachabilityFence(y);
    return after - before;
  }

  private static long settled() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int same = 0; same < 3; same++) {
      System.gc();
      Thread.sleep(10);
      long now = Pool.host().budget().held();
      if (now < least) {
        least = now;
        same = 0;
      }
    }
    return least;
  }
}

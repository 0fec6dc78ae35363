package scoria.engine.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

class ScopeTest {
  @Test
  void tensorsEndWithTheirScope() {
    Tensor inside;
    Tensor kept;
    Tensor before = Tensor.ones(3);
    try (Scope scope = Scope.open("step")) {
      inside = before.exp();
      kept = scope.keep(inside.mul(2));
    }
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> inside.add(1));
    assertTrue(String.valueOf(e.getMessage()).contains("'exp'"), e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains("'step'"), e.getMessage());
    assertThrows(IllegalStateException.class, inside::toFloats);
    assertEquals(2 * Math.E, kept.toFloats()[0], 1e-6);
    assertEquals(1, before.toFloats()[0]);
  }

  @Test
  void keepHandsToTheOuterScope() {
    Tensor x;
    try (Scope outer = Scope.open("outer")) {
      try (Scope inner = Scope.open("inner")) {
        x = inner.keep(Tensor.ones(2));
      }
      assertArrayEquals(new float[] {1, 1}, x.toFloats());
      assertNotNull(outer);
    }
    IllegalStateException e = assertThrows(IllegalStateException.class, x::toFloats);
    assertTrue(String.valueOf(e.getMessage()).contains("'outer'"), e.getMessage());
  }

  @Test
  void keepingForgetsThePast() {
    Tensor w = Tensor.ones(2).tracked();
    try (Scope scope = Scope.open()) {
      Tensor y = w.exp();
      assertTrue(y.isTracked());
      assertFalse(scope.keep(y).isTracked());
    }
  }

  @Test
  void viewsShareTheirMemorysEnd() {
    Tensor view;
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.ones(4, 3);
      view = scope.keep(x.transpose());
    }
    assertEquals(12, view.sum().item());
  }

  @Test
  void scopesCloseInReverseOrderAndInTheirThread() throws InterruptedException {
    Scope outer = Scope.open("outer");
    Scope inner = Scope.open("inner");
    assertThrows(IllegalStateException.class, outer::close);
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread other = new Thread(inner::close);
    other.setUncaughtExceptionHandler((t, e) -> thrown.set(e));
    other.start();
    other.join();
    assertTrue(thrown.get() instanceof IllegalStateException);
    inner.close();
    outer.close();
    outer.close();
  }

  @Test
  void anotherThreadsTensorsAreItsOwn() throws InterruptedException {
    AtomicReference<@Nullable Tensor> made = new AtomicReference<>();
    try (Scope scope = Scope.open()) {
      Thread other = new Thread(() -> made.set(Tensor.ones(5)));
      other.start();
      other.join();
      assertNotNull(scope);
    }
    Tensor x = made.get();
    assertNotNull(x);
    assertEquals(5, x.sum().item());
  }

  @Test
  void manyThreadsReadOneTensor() throws InterruptedException {
    Tensor x = Tensor.linspace(0, 1, 10_000).to(DType.FLOAT32);
    double want = x.exp().sum().item();
    List<Thread> threads = new ArrayList<>();
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    for (int t = 0; t < 6; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 200; i++) {
                  try (Scope scope = Scope.open()) {
                    assertEquals(want, scope.keep(x.exp().sum()).item());
                  }
                }
              });
      thread.setUncaughtExceptionHandler((u, e) -> thrown.set(e));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(null, thrown.get());
  }

  @Test
  void unreachableTensorsComeBackToThePool() {
    // Eight times the budget passes through; without collection the count would only grow.
    Pool.host().budget(64L << 20);
    long most = 0;
    for (int i = 0; i < 512; i++) {
      Tensor x = Tensor.zeros(256, 1024);
      assertEquals(0, x.toFloat64(0, 0));
      most = Math.max(most, Pool.host().collectableBytes());
    }
    assertTrue(most < 256L << 20, "held " + most);
  }

  @Test
  void sizeClassesHoldWhatTheyAreAskedFor() {
    for (long bytes = 0; bytes < 100_000; bytes += 7) {
      int index = Pool.sizeClass(bytes);
      assertTrue(Pool.classBytes(index) >= bytes);
      assertTrue(Pool.classBytes(index) <= Math.max(64, bytes * 5 / 4 + 64), "waste at " + bytes);
      assertTrue(index == 0 || Pool.classBytes(index - 1) < bytes);
      assertEquals(index, Pool.sizeClass(Pool.classBytes(index)));
    }
  }
}

package scoria.engine.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
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
  void keepingWhatIsFromBeforeChangesNothing() {
    Tensor w = Tensor.ones(2).tracked();
    try (Scope outer = Scope.open("outer")) {
      Tensor before = w.exp();
      try (Scope inner = Scope.open("inner")) {
        assertTrue(inner.keep(before).isTracked());
        assertFalse(inner.keep(before.reshape(1, 2)).isTracked());
      }
      assertTrue(before.isTracked());
      assertNotNull(outer);
    }
  }

  @Test
  void anOuterScopeKeepsWhatAnInnerOneMade() {
    Tensor x;
    try (Scope outer = Scope.open("outer")) {
      try (Scope inner = Scope.open("inner")) {
        x = outer.keep(Tensor.ones(2));
        assertNotNull(inner);
      }
    }
    assertEquals(2, x.sum().item());
  }

  @Test
  void keepingTwiceIsKeepingOnce() {
    Tensor x;
    Tensor view;
    try (Scope scope = Scope.open()) {
      x = scope.keep(Tensor.ones(2));
      view = scope.keep(x.reshape(2, 1));
      assertEquals(x, scope.keep(x));
    }
    assertEquals(2, x.sum().item());
    assertEquals(2, view.sum().item());
  }

  @Test
  void whatHasEndedCannotBeKept() {
    Tensor x;
    try (Scope scope = Scope.open("step")) {
      x = Tensor.ones(2);
      assertNotNull(scope);
    }
    try (Scope scope = Scope.open("next")) {
      IllegalStateException e = assertThrows(IllegalStateException.class, () -> scope.keep(x));
      assertTrue(String.valueOf(e.getMessage()).contains("'step'"), e.getMessage());
    }
  }

  @Test
  void aScopeEndsWhenAnExceptionLeavesIt() {
    List<Tensor> made = new ArrayList<>();
    assertThrows(
        IllegalArgumentException.class,
        () -> {
          try (Scope scope = Scope.open("failed")) {
            made.add(Tensor.ones(3));
            made.add(scope.keep(Tensor.ones(3)).add(Tensor.ones(2)));
          }
        });
    assertThrows(IllegalStateException.class, () -> made.get(0).toFloats());
    assertTrue(Scope.current() == null);
  }

  @Test
  void memoryOfOthersOutlivesScopes() {
    try (Arena arena = Arena.ofConfined()) {
      Tensor x;
      try (Scope scope = Scope.open()) {
        x = Tensor.wrap(arena.allocate(8, 8), DType.FLOAT32, 2);
        assertEquals(x, scope.keep(x));
      }
      assertEquals(0, x.toFloat64(1));
    }
  }

  /** Blocks go back and forth between threads; each is whoever's took it and nobody else's. */
  @Test
  void threadsShareThePool() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    for (int t = 0; t < 8; t++) {
      int number = t;
      Thread thread =
          new Thread(
              () -> {
                List<Tensor> kept = new ArrayList<>();
                for (int i = 0; i < 300; i++) {
                  try (Scope scope = Scope.open()) {
                    Tensor x = Tensor.full(number, DType.FLOAT32, 1 + i % 40);
                    kept.add(scope.keep(x.add(i)));
                    assertEquals(number, x.amax().item());
                    assertEquals(number, x.amin().item());
                  }
                }
                for (int i = 0; i < kept.size(); i++) {
                  assertEquals(number + i, kept.get(i).amax().item());
                  assertEquals(number + i, kept.get(i).amin().item());
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
    Tensor x = Tensor.linspace(0, 1, 1_000).to(DType.FLOAT32);
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
    Pool.host().budget().limit(64L << 20);
    long most = 0;
    for (int i = 0; i < 512; i++) {
      Tensor x = Tensor.zeros(256, 1024);
      assertEquals(0, x.toFloat64(0, 0));
      most = Math.max(most, Pool.host().budget().held());
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

package scoria.engine.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import scoria.engine.memory.Scope;
import scoria.engine.op.AssignUpdate;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

class ProgramTest {
  @Test
  void isCalledOnceForEachShapeAndType() {
    AtomicInteger calls = new AtomicInteger();
    Program program =
        Program.record(
            in -> {
              calls.incrementAndGet();
              return List.of(in.get(0).square().sum());
            });
    for (int i = 0; i < 3; i++) {
      assertEquals(5, program.run(Tensor.of(new double[] {1, 2})).get(0).item());
      assertEquals(14, program.run(Tensor.of(new double[] {1, 2, 3})).get(0).item());
      assertEquals(14, program.run(Tensor.of(new float[] {1, 2, 3})).get(0).item());
    }
    assertEquals(3, calls.get());
  }

  @Test
  void seesWeightsAsTheyAreNowAndChangesThem() {
    Tensor w = Tensor.of(new double[] {1, 2, 3});
    Program program =
        Program.record(
            in -> {
              Tensor before = w.mul(in.get(0));
              Execute.update(AssignUpdate.ASSIGN, List.of(w.add(1)), List.of(w));
              return List.of(before, w.mul(in.get(0)));
            });
    Tensor two = Tensor.of(new double[] {2});
    for (int i = 1; i <= 3; i++) {
      int version = w.memory().version();
      List<Tensor> out = program.run(two);
      assertArrayEquals(new double[] {2 * i, 2 * i + 2, 2 * i + 4}, out.get(0).toDoubles());
      assertArrayEquals(new double[] {2 * i + 2, 2 * i + 4, 2 * i + 6}, out.get(1).toDoubles());
      assertTrue(w.memory().version() > version, "an update leaves a trace");
    }
    Execute.update(AssignUpdate.ASSIGN, List.of(Tensor.of(new double[] {0, 0, 7})), List.of(w));
    assertArrayEquals(new double[] {0, 0, 14}, program.run(two).get(0).toDoubles());
  }

  @Test
  void takesTheNextRandomNumbersInEveryRun() {
    Rng eager = Rng.of(3);
    Rng recorded = Rng.of(3);
    Program program =
        Program.record(_ -> List.of(recorded.normal(5, 2).add(recorded.uniform(5, 2))));
    for (int i = 0; i < 4; i++) {
      float[] want = eager.normal(5, 2).add(eager.uniform(5, 2)).toFloats();
      assertArrayEquals(want, program.run().get(0).toFloats());
      assertEquals(eager.place(), recorded.place());
    }
  }

  @Test
  void feedsAreFilledInTheirOrderBeforeEveryRun() {
    int[] count = new int[1];
    Program program =
        Program.record(
            _ -> {
              Tensor a = Feed.float64(1, out -> out[0] = count[0]++);
              Tensor b = Feed.of(DType.FLOAT32, 1, out -> out[0] = 10 * count[0]++);
              return List.of(a.add(b.to(DType.FLOAT64)));
            });
    assertEquals(10, program.run().get(0).item());
    assertEquals(2 + 30, program.run().get(0).item());
    assertEquals(4 + 50, program.run().get(0).item());
  }

  @Test
  void readingAValueWhileRecordingIsRefused() {
    Tensor w = Tensor.of(new double[] {1, 2});
    Tensor x = Tensor.of(new double[] {3, 4});
    IllegalStateException made =
        assertThrows(
            IllegalStateException.class,
            () -> Program.record(in -> List.of(in.get(0).mul(in.get(0).sum().item()))).run(x));
    assertTrue(made.toString().contains("recorded"), made.toString());
    assertThrows(
        IllegalStateException.class,
        () -> Program.record(in -> List.of(in.get(0).mul(w.toDoubles()[0]))).run(x));
    assertThrows(
        IllegalStateException.class,
        () ->
            Program.record(
                    in -> List.of(Tensor.scalar(in.get(0).toString().length(), DType.FLOAT32)))
                .run(x));
    // And the thread computes as before.
    assertEquals(7, x.sum().item());
  }

  @Test
  void resultsAreOverwrittenAndStaleOnesAreFoundOut() {
    Program program = Program.record(in -> List.of(in.get(0).add(1)));
    Tensor first = program.run(Tensor.of(new double[] {1})).get(0);
    Tensor kept = first.copy();
    Tensor weight = Tensor.of(new double[] {5}).tracked();
    Tensor product = weight.mul(first);
    Tensor second = program.run(Tensor.of(new double[] {2})).get(0);
    assertSame(first, second);
    assertEquals(3, first.item());
    assertEquals(2, kept.item());
    assertThrows(
        IllegalStateException.class,
        () -> Objects.requireNonNull(product.origin()).call().input(1),
        "a value that a derivative needs is gone");
  }

  @Test
  void aResultMayBeTheNextInput() {
    Program program = Program.record(in -> List.of(in.get(1).mul(2), in.get(0).add(in.get(1))));
    List<Tensor> state = List.of(Tensor.of(new double[] {1, 1}), Tensor.of(new double[] {1, 2}));
    double a = 1;
    double b = 1;
    for (int i = 0; i < 5; i++) {
      state = program.run(state.get(0), state.get(1));
      double next = 2 * b;
      b = a + b;
      a = next;
      assertEquals(a, state.get(0).toFloat64(0));
      assertEquals(b, state.get(1).toFloat64(0));
    }
  }

  @Test
  void inputsOutputsAndWeightsMayBeGivenBack() {
    Tensor w = Tensor.of(new double[] {1, 2});
    Program program =
        Program.record(in -> List.of(in.get(0).transpose(), w, Tensor.full(3, DType.FLOAT64, 2)));
    List<Tensor> out = program.run(Tensor.of(new double[] {1, 2, 3, 4}, 2, 2));
    assertArrayEquals(new double[] {1, 3, 2, 4}, out.get(0).toDoubles());
    assertSame(w.memory(), out.get(1).memory());
    assertArrayEquals(new double[] {3, 3}, out.get(2).toDoubles());
  }

  @Test
  void aProgramWithinAProgramIsAPartOfIt() {
    Program inner = Program.record(in -> List.of(in.get(0).mul(2)));
    Program outer = Program.record(in -> List.of(inner.run(in.get(0)).get(0).add(1)));
    assertEquals(7, outer.run(Tensor.of(new double[] {3})).get(0).item());
    assertEquals(9, outer.run(Tensor.of(new double[] {4})).get(0).item());
  }

  @Test
  void underChecksTheFunctionItselfRuns() {
    Program program = Program.record(in -> List.of(in.get(0).log()));
    Tensor zero = Tensor.of(new double[] {0});
    assertEquals(Double.NEGATIVE_INFINITY, program.run(zero).get(0).item());
    try (Checks checks = Checks.nonFinite()) {
      assertThrows(NonFiniteException.class, () -> program.run(zero));
    }
  }

  @Test
  void aTensorThatEndedWithItsScopeIsNamed() {
    List<Tensor> made = new ArrayList<>();
    try (Scope scope = Scope.open("short")) {
      made.add(Tensor.of(new double[] {1}).add(1));
      assertEquals(2, made.get(0).item());
      Program program = Program.record(in -> List.of(in.get(0).mul(made.get(0))));
      assertEquals(6, program.run(Tensor.of(new double[] {3})).get(0).item());
      Tensor result = program.run(Tensor.of(new double[] {4})).get(0);
      assertNotSame(made.get(0), result);
      programs.add(program);
    }
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class, () -> programs.get(0).run(Tensor.of(new double[] {3})));
    assertTrue(e.toString().contains("'short'"), e.toString());
  }

  private final List<Program> programs = new ArrayList<>();

  @Test
  void constantsOfTheRecordingOutliveAnyScope() {
    Program program;
    try (Scope scope = Scope.open()) {
      program =
          Program.record(
              in -> {
                try (Scope inside = Scope.open()) {
                  Tensor c = Tensor.of(new double[] {5});
                  return List.of(in.get(0).mul(c));
                }
              });
      assertEquals(5, program.run(Tensor.of(new double[] {1})).get(0).item());
    }
    try (Scope scope = Scope.open()) {
      Tensor.of(new double[] {9, 9, 9}).mul(3);
      assertEquals(10, program.run(Tensor.of(new double[] {2})).get(0).item());
    }
  }

  @Test
  void refusesWhatItCannotDo() {
    Tensor tracked = Tensor.of(new double[] {1}).tracked();
    Program program = Program.record(in -> List.of(in.get(0).mul(2)));
    assertThrows(IllegalArgumentException.class, () -> program.run(tracked));
    Program changes =
        Program.record(
            in -> {
              Tensor made = in.get(0).mul(2);
              Execute.update(AssignUpdate.ASSIGN, List.of(in.get(0)), List.of(made));
              return List.of(made);
            });
    assertThrows(IllegalStateException.class, () -> changes.run(Tensor.of(new double[] {1})));
  }
}

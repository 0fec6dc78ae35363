package scoria.engine.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scoria.engine.op.Binary;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * Functions put together at random from what networks and their derivatives are made of: whatever
 * is joined, shared, moved or left out in a program, its results are the eager ones, bit for bit.
 */
class RandomProgramTest {
  private static final int PROGRAMS = 150;

  @ParameterizedTest
  @CsvSource({"520, 16, FLOAT32", "7, 48, FLOAT64", "5, 2, FLOAT32"})
  void aReplayHasTheBitsOfTheFunction(int rows, int columns, DType dtype) {
    Rng rng = Rng.of(1);
    Tensor x = rng.normal(dtype, rows, columns);
    Tensor y = rng.normal(dtype, rows, columns);
    Tensor bias = rng.normal(dtype, columns);
    Tensor one = Tensor.full(1, dtype);
    Tensor weights = rng.normal(dtype, columns, columns).mul(0.2);
    for (int seed = 0; seed < PROGRAMS; seed++) {
      int chosen = seed;
      Program.Body body = in -> compute(chosen, in, bias, one, weights);
      List<Tensor> wanted = body.run(List.of(x, y));
      Program program = Program.record(body);
      for (int run = 0; run < 2; run++) {
        List<Tensor> got = program.run(x, y);
        for (int i = 0; i < wanted.size(); i++) {
          assertArrayEquals(
              wanted.get(i).toDoubles(), got.get(i).toDoubles(), 0, "seed " + seed + ", " + i);
        }
      }
    }
  }

  /** Two products read rows from one place, one of them only their beginnings. */
  @Test
  void productsOfPartsOfRowsStandBesideThoseOfWholeOnes() {
    Rng rng = Rng.of(2);
    Tensor x = rng.normal(600, 40);
    Tensor v = rng.normal(20, 16);
    Tensor w = rng.normal(40, 16);
    Program.Body body =
        in -> {
          Tensor whole = in.get(0);
          Tensor part = whole.slice(1, 0, 1, 20);
          Tensor top = w.slice(0, 0, 1, 20);
          return List.of(part.matmul(v), whole.matmul(w), part.matmul(v.mul(2)), part.matmul(top));
        };
    List<Tensor> wanted = body.run(List.of(x));
    List<Tensor> got = Program.record(body).run(x);
    for (int i = 0; i < wanted.size(); i++) {
      assertArrayEquals(wanted.get(i).toDoubles(), got.get(i).toDoubles(), 0, "product " + i);
    }
  }

  private static List<Tensor> compute(
      int seed, List<Tensor> in, Tensor bias, Tensor one, Tensor weights) {
    Trees trees = new Trees(new SplittableRandom(seed), in, bias, one, weights);
    Tensor first = trees.grow(4);
    Tensor second = trees.grow(3);
    return List.of(first, second, first.mul(second).sum(0));
  }

  /** Expressions, most of whose parts are read once. */
  private record Trees(
      SplittableRandom random, List<Tensor> in, Tensor bias, Tensor one, Tensor weights) {
    Tensor grow(int depth) {
      if (depth == 0) {
        Tensor x = in.get(random.nextInt(2));
        return random.nextInt(8) > 0 ? x : x.matmul(weights, false, random.nextBoolean());
      }
      return switch (random.nextInt(10)) {
        case 0, 1, 2 -> grow(depth - 1).add(grow(depth - 1));
        case 3, 4, 5 -> grow(depth - 1).mul(grow(depth - 1));
        case 6, 7 -> random.nextBoolean() ? grow(depth - 1).add(bias) : bias.add(grow(depth - 1));
        case 8 -> twice(grow(depth - 1));
        default -> curves(grow(depth - 1), depth - 1);
      };
    }

    private Tensor twice(Tensor x) {
      return x.mul(x).add(x.mul(bias));
    }

    private Tensor curves(Tensor x, int depth) {
      Tensor y = x.silu();
      Tensor slope = Execute.run(Binary.SILU_GRAD, x, random.nextBoolean() ? one : grow(depth));
      Tensor curve = Execute.run(Binary.SILU_CURVE, x, random.nextBoolean() ? one : grow(depth));
      return y.mul(curve).add(slope);
    }
  }
}

package scoria.bench.micro;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What one core reaches when it does nothing but fused multiply-adds: the roof over every matrix
 * product. Measured, since clock rates under wide vectors are not to be had otherwise, and in the
 * same run as what is compared with it.
 */
public final class FmaPeak {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

  /** Chains that do not wait for each other: more than latency times issue width of any core. */
  private static final int CHAINS = 12;

  private static final int ROUNDS = 20_000;
  private static final int TRIES = 300;

  /** Keeps results in use. */
  private static volatile double sink;

  private FmaPeak() {}

  /** Peak of float32 on one core, in GFLOP/s, the best of some tens of milliseconds. */
  public static double float32() {
    double best = 0;
    for (int i = 0; i < TRIES; i++) {
      long start = System.nanoTime();
      sink = chainsF32(ROUNDS);
      best = Math.max(best, rate(FLOATS.length(), System.nanoTime() - start));
    }
    return best;
  }

  /** Peak of float64 on one core, in GFLOP/s, the best of some tens of milliseconds. */
  public static double float64() {
    double best = 0;
    for (int i = 0; i < TRIES; i++) {
      long start = System.nanoTime();
      sink = chainsF64(ROUNDS);
      best = Math.max(best, rate(DOUBLES.length(), System.nanoTime() - start));
    }
    return best;
  }

  private static double rate(int lanes, long nanoseconds) {
    return 2.0 * lanes * CHAINS * ROUNDS / nanoseconds;
  }

  private static double chainsF32(int rounds) {
    FloatVector factor = FloatVector.broadcast(FLOATS, 0.999f);
    FloatVector term = FloatVector.broadcast(FLOATS, 0.001f);
    FloatVector x0 = term.add(0);
    FloatVector x1 = term.add(1);
    FloatVector x2 = term.add(2);
    FloatVector x3 = term.add(3);
    FloatVector x4 = term.add(4);
    FloatVector x5 = term.add(5);
    FloatVector x6 = term.add(6);
    FloatVector x7 = term.add(7);
    FloatVector x8 = term.add(8);
    FloatVector x9 = term.add(9);
    FloatVector x10 = term.add(10);
    FloatVector x11 = term.add(11);
    for (int i = 0; i < rounds; i++) {
      x0 = x0.fma(factor, term);
      x1 = x1.fma(factor, term);
      x2 = x2.fma(factor, term);
      x3 = x3.fma(factor, term);
      x4 = x4.fma(factor, term);
      x5 = x5.fma(factor, term);
      x6 = x6.fma(factor, term);
      x7 = x7.fma(factor, term);
      x8 = x8.fma(factor, term);
      x9 = x9.fma(factor, term);
      x10 = x10.fma(factor, term);
      x11 = x11.fma(factor, term);
    }
    return x0.add(x1)
        .add(x2)
        .add(x3)
        .add(x4)
        .add(x5)
        .add(x6)
        .add(x7)
        .add(x8)
        .add(x9)
        .add(x10)
        .add(x11)
        .lane(0);
  }

  private static double chainsF64(int rounds) {
    DoubleVector factor = DoubleVector.broadcast(DOUBLES, 0.999);
    DoubleVector term = DoubleVector.broadcast(DOUBLES, 0.001);
    DoubleVector x0 = term.add(0);
    DoubleVector x1 = term.add(1);
    DoubleVector x2 = term.add(2);
    DoubleVector x3 = term.add(3);
    DoubleVector x4 = term.add(4);
    DoubleVector x5 = term.add(5);
    DoubleVector x6 = term.add(6);
    DoubleVector x7 = term.add(7);
    DoubleVector x8 = term.add(8);
    DoubleVector x9 = term.add(9);
    DoubleVector x10 = term.add(10);
    DoubleVector x11 = term.add(11);
    for (int i = 0; i < rounds; i++) {
      x0 = x0.fma(factor, term);
      x1 = x1.fma(factor, term);
      x2 = x2.fma(factor, term);
      x3 = x3.fma(factor, term);
      x4 = x4.fma(factor, term);
      x5 = x5.fma(factor, term);
      x6 = x6.fma(factor, term);
      x7 = x7.fma(factor, term);
      x8 = x8.fma(factor, term);
      x9 = x9.fma(factor, term);
      x10 = x10.fma(factor, term);
      x11 = x11.fma(factor, term);
    }
    return x0.add(x1)
        .add(x2)
        .add(x3)
        .add(x4)
        .add(x5)
        .add(x6)
        .add(x7)
        .add(x8)
        .add(x9)
        .add(x10)
        .add(x11)
        .lane(0);
  }
}

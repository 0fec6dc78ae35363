package scoria.bench.peers.parity;

import java.util.function.Function;

/**
 * One operation by both libraries.
 *
 * @param name of the operation as the engine's table has it, and behind a comma what is particular
 *     to this pair
 * @param draw draws shapes, values and what else the operation takes
 * @param sums whether the results are sums of products of the inputs' elements, so that the
 *     absolute tolerance goes with the sum of the terms' sizes: what the operation gives for the
 *     sizes of the inputs
 * @param twice whether libtorch can differentiate its gradient
 */
record Pair(String name, Function<Chance, Trial> draw, boolean sums, boolean twice) {
  /** A pair compared in all ways. */
  static Pair of(String name, Function<Chance, Trial> draw) {
    return new Pair(name, draw, false, true);
  }

  /** The same pair, of an operation whose results are sums of products. */
  Pair ofSums() {
    return new Pair(name, draw, true, twice);
  }

  /** The same pair, of an operation whose gradient libtorch cannot differentiate. */
  Pair once() {
    return new Pair(name, draw, sums, false);
  }

  /** The name without what is particular. */
  String op() {
    int comma = name.indexOf(',');
    return comma < 0 ? name : name.substring(0, comma);
  }
}

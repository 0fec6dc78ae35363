package scoria.bench.peers.parity;

import java.util.List;
import java.util.function.Function;
import scoria.engine.tensor.Tensor;

/**
 * An operation by both sides on inputs that were drawn; what it takes besides tensors is bound.
 *
 * @param what in words what is bound, for the report of a difference
 * @param ours the operation by Scoria
 * @param theirs the operation by libtorch, with as many results in the same order
 * @param inputs what both are given
 */
record Trial(
    String what,
    Function<Tensor[], Tensor[]> ours,
    Function<org.bytedeco.pytorch.Tensor[], org.bytedeco.pytorch.Tensor[]> theirs,
    List<Input> inputs) {
  /** An operation of one result. */
  static Trial of(
      Function<Tensor[], Tensor> ours,
      Function<org.bytedeco.pytorch.Tensor[], org.bytedeco.pytorch.Tensor> theirs,
      Input... inputs) {
    return several(
        xs -> new Tensor[] {ours.apply(xs)},
        xs -> new org.bytedeco.pytorch.Tensor[] {theirs.apply(xs)},
        inputs);
  }

  /** An operation of several results. */
  static Trial several(
      Function<Tensor[], Tensor[]> ours,
      Function<org.bytedeco.pytorch.Tensor[], org.bytedeco.pytorch.Tensor[]> theirs,
      Input... inputs) {
    return new Trial("", ours, theirs, List.of(inputs));
  }

  /** The same with words on what is bound. */
  Trial with(String bound) {
    return new Trial(bound, ours, theirs, inputs);
  }

  /** The same on values as a float type holds them. */
  Trial rounded(boolean float32) {
    return new Trial(
        what, ours, theirs, inputs.stream().map(input -> input.rounded(float32)).toList());
  }

  /** The same on the sizes of the values. */
  Trial sizes() {
    return new Trial(what, ours, theirs, inputs.stream().map(i -> i.map(Math::abs)).toList());
  }

  /** Such as {@code axis 1 on [2, 3], [3]}. */
  @Override
  public String toString() {
    String on = "on " + String.join(", ", inputs.stream().map(Input::toString).toList());
    return what.isEmpty() ? on : what + " " + on;
  }
}

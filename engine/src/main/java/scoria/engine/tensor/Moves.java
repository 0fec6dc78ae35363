package scoria.engine.tensor;

import java.util.Arrays;
import java.util.List;
import scoria.engine.function.Arrangement;

/** A tensor's elements in other places: repeated, cut, continued, turned around. Of any type. */
public sealed interface Moves extends Shaped permits Tensor {
  /** View with the order of axes turned around; of all axes where none are named. */
  default Tensor flip(int... axes) {
    return Arrangement.flip(self(), axes);
  }

  /**
   * View turned by quarters in the plane of two axes, as NumPy's: one turn brings the end of the
   * first axis to the end of the second.
   *
   * @param turns how many; backwards where it is negative
   * @param from the axis that is turned
   * @param to the axis that it is turned towards
   */
  default Tensor rot90(int turns, int from, int to) {
    return Arrangement.rot90(self(), turns, from, to);
  }

  /** Elements moved on by {@code shift} places along an axis; what falls out comes in again. */
  default Tensor roll(int axis, long shift) {
    return Arrangement.roll(self(), axis, shift);
  }

  /** The tensor repeated, {@code counts} times along each axis; lined up from the last axis. */
  default Tensor tile(long... counts) {
    return Arrangement.tile(self(), counts);
  }

  /** Every index of an axis {@code count} times, one after the other. */
  default Tensor repeatInterleave(int axis, long count) {
    return Arrangement.repeatInterleave(self(), axis, count);
  }

  /** Every index of an axis as many times as {@code counts} says for it. */
  default Tensor repeatInterleave(int axis, long[] counts) {
    return Arrangement.repeatInterleave(self(), axis, counts);
  }

  /**
   * The tensor with a number around it.
   *
   * @param before how much is put before each axis; where it is negative, so much is cut off
   * @param after how much is put behind each axis
   * @param value the number, converted as {@link scoria.engine.op.Cast} does
   */
  default Tensor pad(long[] before, long[] after, double value) {
    return Arrangement.pad(self(), before, after, value);
  }

  /**
   * The tensor continued.
   *
   * @param before how much is put before each axis; where it is negative, so much is cut off
   * @param after how much is put behind each axis
   */
  default Tensor pad(long[] before, long[] after, PadMode mode) {
    return Arrangement.pad(self(), before, after, mode);
  }

  /** Views of parts of an axis, one after the other; the sizes must add up to the axis'. */
  default List<Tensor> split(int axis, long... sizes) {
    return Arrangement.split(self(), axis, sizes);
  }

  /**
   * Views of up to {@code count} parts of an axis, all of one size but the last, which may be
   * smaller; fewer where the axis does not suffice for that.
   */
  default List<Tensor> chunk(int axis, int count) {
    return Arrangement.chunk(self(), axis, count);
  }

  /**
   * View of ranges of several axes, as NumPy's {@code x[start:stop:step]}: bounds from -1 count
   * back, and bounds outside mean the end.
   *
   * @param axes which, each once
   * @param starts the first index of each
   * @param stops the index before which it ends; Long.MIN_VALUE to go to the start where the step
   *     is negative
   * @param steps not 0
   */
  default Tensor slice(int[] axes, long[] starts, long[] stops, long[] steps) {
    return Arrangement.slice(self(), axes, starts, stops, steps);
  }

  /** The lower triangles of matrices, 0 above: what is {@code diagonal} right of it or below. */
  default Tensor tril(long diagonal) {
    return Arrangement.triangle(self(), diagonal, true);
  }

  /** The lower triangles of matrices. */
  default Tensor tril() {
    return tril(0);
  }

  /** The upper triangles of matrices, 0 below: what is {@code diagonal} right of it or above. */
  default Tensor triu(long diagonal) {
    return Arrangement.triangle(self(), diagonal, false);
  }

  /** The upper triangles of matrices. */
  default Tensor triu() {
    return triu(0);
  }

  /**
   * The diagonals of the matrices in two axes, as a last axis.
   *
   * @param offset how far to the right of the main diagonal; negative below it
   */
  default Tensor diagonal(long offset, int axis1, int axis2) {
    return Arrangement.diagonal(self(), offset, axis1, axis2);
  }

  /** The main diagonals of matrices. */
  default Tensor diagonal() {
    return diagonal(0, -2, -1);
  }

  /** Square matrices, 0 but for a diagonal, which the last axis becomes. */
  default Tensor diagEmbed(long offset) {
    return Arrangement.diagEmbed(self(), offset);
  }

  /** Of a vector the matrix with this diagonal, of a matrix the diagonal. */
  default Tensor diag(long offset) {
    if (rank() != 1 && rank() != 2) {
      throw new IllegalArgumentException(
          "'diag' of " + signature() + ": it takes a vector or a matrix; see diagonal, diagEmbed");
    }
    return rank() == 1 ? diagEmbed(offset) : diagonal(offset, 0, 1);
  }

  /** The sums of the main diagonals of matrices. */
  default Tensor trace() {
    return diagonal().sum(-1);
  }

  /** View with one axis moved to another place. */
  default Tensor moveAxis(int from, int to) {
    int source = shape().axis(from);
    int target = shape().axis(to);
    int[] order = new int[rank()];
    Arrays.setAll(order, i -> i < source ? i : i + 1);
    System.arraycopy(order, target, order, target + 1, rank() - 1 - target);
    order[target] = source;
    return self().permute(order);
  }

  /** The axes from one to another, both included, made one. */
  default Tensor flatten(int first, int last) {
    return Arrangement.flatten(self(), first, last);
  }

  /** All elements along one axis. */
  default Tensor flatten() {
    return self().reshape(elements());
  }

  /** This tensor: nothing else implements the interface. */
  private Tensor self() {
    return (Tensor) this;
  }
}

package scoria.engine.op;

import scoria.engine.tensor.Layout;

/**
 * Layouts that a loop over rows can read: neighbours in a row are 0 or 1 elements apart, and rows
 * go forwards.
 */
final class RowSteps {
  private RowSteps() {}

  static boolean fit(Layout layout) {
    int rank = layout.shape().rank();
    if (rank == 0) {
      return true;
    }
    for (int axis = 0; axis < rank; axis++) {
      if (layout.stride(axis) < 0 && layout.shape().size(axis) > 1) {
        return false;
      }
    }
    long step = layout.stride(rank - 1);
    return step == 0 || step == 1 || layout.shape().size(rank - 1) == 1;
  }
}

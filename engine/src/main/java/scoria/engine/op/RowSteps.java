package scoria.engine.op;

import scoria.engine.tensor.Layout;

/** Layouts that a loop over rows can read: neighbours in a row are 0 or 1 elements apart. */
final class RowSteps {
  private RowSteps() {}

  static boolean fit(Layout layout) {
    int rank = layout.shape().rank();
    if (rank == 0) {
      return true;
    }
    long step = layout.stride(rank - 1);
    return step == 0 || step == 1 || layout.shape().size(rank - 1) == 1;
  }
}

package scoria.engine.device;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import scoria.engine.device.Schedule.Task;
import scoria.engine.op.Concat;
import scoria.engine.op.Embed;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.StridedCopy;

/** Steps that copy elements. */
final class MoveSteps {
  /** Bytes of a row that is copied element by element. */
  private static final long SHORT = 32;

  private MoveSteps() {}

  static RowStep copy(Tensor x, Place from, Tensor y, Place into) {
    return copy(x, from, y.layout(), into, 0);
  }

  /**
   * Copies the rows of {@code x}.
   *
   * @param layout how they are to lie
   * @param shift from the first element of the output's row to that of the copied part
   */
  private static RowStep copy(Tensor x, Place from, Layout layout, Place into, long shift) {
    int bytes = x.dtype().bytes();
    if (isDenseRow(x.layout()) && isDenseRow(layout)) {
      long width = rowElements(x);
      if (from.row() == width && into.row() == width) {
        return f ->
            MemorySegment.copy(
                from.segment(f),
                from.at(f) * bytes,
                into.segment(f),
                (into.at(f) + shift) * bytes,
                f.rows * width * bytes);
      }
      return width * bytes > SHORT
          ? rowByRow(from, into, shift, bytes, width)
          : elements(from, into, shift, bytes, width);
    }
    long[] shape = x.shape().toArray();
    long[] source = x.layout().strides();
    long[] target = layout.strides();
    source[0] = from.row();
    target[0] = into.row();
    return f -> {
      // A copy, since threads share the step and the last tile has fewer rows.
      long[] sizes = shape.clone();
      sizes[0] = f.rows;
      StridedCopy.copy(
          f.pool,
          bytes,
          from.segment(f),
          from.at(f),
          sizes,
          source,
          into.segment(f),
          into.at(f) + shift,
          target);
    };
  }

  private static RowStep rowByRow(Place from, Place into, long shift, int bytes, long width) {
    return f -> {
      MemorySegment source = from.segment(f);
      MemorySegment target = into.segment(f);
      long at = from.at(f);
      long to = into.at(f) + shift;
      for (long r = 0; r < f.rows; r++, at += from.row(), to += into.row()) {
        MemorySegment.copy(source, at * bytes, target, to * bytes, width * bytes);
      }
    };
  }

  /** Rows so short that a call for each costs more than its elements. */
  private static RowStep elements(Place from, Place into, long shift, int bytes, long width) {
    return f -> {
      MemorySegment source = from.segment(f);
      MemorySegment target = into.segment(f);
      long at = from.at(f);
      long to = into.at(f) + shift;
      for (long r = 0; r < f.rows; r++, at += from.row(), to += into.row()) {
        for (long i = 0; i < width; i++) {
          switch (bytes) {
            case 1 ->
                target.set(
                    ValueLayout.JAVA_BYTE, to + i, source.get(ValueLayout.JAVA_BYTE, at + i));
            case 4 ->
                target.setAtIndex(
                    ValueLayout.JAVA_INT, to + i, source.getAtIndex(ValueLayout.JAVA_INT, at + i));
            default ->
                target.setAtIndex(
                    ValueLayout.JAVA_LONG,
                    to + i,
                    source.getAtIndex(ValueLayout.JAVA_LONG, at + i));
          }
        }
      }
    };
  }

  static RowStep concat(Concat op, Task task, Place[] in, Place out) {
    Layout whole = task.outputs().get(0).layout();
    RowStep[] parts = new RowStep[in.length];
    long start = 0;
    for (int i = 0; i < in.length; i++) {
      Tensor x = task.inputs().get(i);
      Layout part = whole.slice(op.axis(), start, 1, x.size(op.axis()));
      parts[i] = copy(x, in[i], part, out, part.offset());
      start += x.size(op.axis());
    }
    return f -> {
      for (RowStep part : parts) {
        part.run(f);
      }
    };
  }

  static RowStep embed(Embed op, Tensor x, Place in, Tensor y, Place out) {
    Layout part = op.place(y.layout(), x.size(op.axis()));
    long row = rowElements(y);
    int bytes = y.dtype().bytes();
    RowStep copy = copy(x, in, part, out, part.offset());
    return f -> {
      out.segment(f).asSlice(out.at(f) * bytes, f.rows * row * bytes).fill((byte) 0);
      copy.run(f);
    };
  }

  private static long rowElements(Tensor tensor) {
    return tensor.size(0) == 0 ? 0 : tensor.elements() / tensor.size(0);
  }

  /** Whether the elements of one row lie one after the other. */
  private static boolean isDenseRow(Layout layout) {
    long step = 1;
    for (int axis = layout.shape().rank() - 1; axis > 0; axis--) {
      if (layout.shape().size(axis) != 1 && layout.stride(axis) != step) {
        return false;
      }
      step *= layout.shape().size(axis);
    }
    return true;
  }
}

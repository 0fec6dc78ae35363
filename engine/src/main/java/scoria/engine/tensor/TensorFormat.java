package scoria.engine.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * Prints tensors as {@code str} of a NumPy array does (versions 1.14 to 2.2) with its default
 * options: lines of 75 characters, 8 digits, and the first and last three of every axis where there
 * are more than 1000 elements.
 */
final class TensorFormat {
  private static final int LINE = 75;
  private static final int THRESHOLD = 1000;
  private static final int EDGE = 3;

  private final Shape shape;
  private final Layout layout;
  private final boolean summary;
  private final LongFunction<String> words;
  private final long[] index;

  private TensorFormat(Tensor tensor) {
    shape = tensor.shape();
    layout = tensor.layout();
    summary = shape.elements() > THRESHOLD;
    index = new long[shape.rank()];
    words = words(tensor, places(0).toArray());
  }

  static String format(Tensor tensor) {
    if (tensor.elements() == 0) {
      return "[]";
    }
    if (tensor.rank() == 0) {
      return scalar(tensor);
    }
    String text = new TensorFormat(tensor).brackets(0);
    Reference.reachabilityFence(tensor.memory());
    return text;
  }

  private static String scalar(Tensor tensor) {
    return switch (tensor.dtype()) {
      case FLOAT32 -> FloatFormat.scalar(tensor.item(), true);
      case FLOAT64 -> FloatFormat.scalar(tensor.item(), false);
      case BOOL -> bool(tensor.item() != 0);
      case INT64, INT32, UINT8 -> Long.toString(tensor.toLongs()[0]);
    };
  }

  private static String bool(boolean value) {
    return value ? "True" : "False";
  }

  /** How an element is printed, by its place: wide enough for all that are shown. */
  private static LongFunction<String> words(Tensor tensor, long[] shown) {
    switch (tensor.dtype()) {
      case FLOAT32, FLOAT64 -> {
        double[] values =
            Arrays.stream(shown).mapToDouble(at -> HostCopies.element(tensor, at)).toArray();
        FloatFormat format = new FloatFormat(values, tensor.dtype() == DType.FLOAT32);
        return at -> format.format(HostCopies.element(tensor, at));
      }
      case BOOL -> {
        return at -> String.format("%5s", bool(HostCopies.element(tensor, at) != 0));
      }
      case INT64, INT32, UINT8 -> {
        int width =
            Arrays.stream(shown)
                .mapToInt(at -> Long.toString(whole(tensor, at)).length())
                .max()
                .orElseThrow();
        return at -> String.format("%" + width + "s", Long.toString(whole(tensor, at)));
      }
    }
    throw new AssertionError();
  }

  private static long whole(Tensor tensor, long at) {
    MemorySegment values = HostCopies.segment(tensor);
    return tensor.dtype() == DType.INT64
        ? values.getAtIndex(ValueLayout.JAVA_LONG, at)
        : (long) HostCopies.element(tensor, at);
  }

  /** The places of the elements that are shown, from an axis inwards. */
  private LongStream places(int axis) {
    if (axis == shape.rank()) {
      return LongStream.of(layout.place(index));
    }
    LongStream.Builder out = LongStream.builder();
    for (long i = 0; i < shape.size(axis); i++) {
      i = skip(axis, i);
      index[axis] = i;
      places(axis + 1).forEach(out);
    }
    index[axis] = 0;
    return out.build();
  }

  /** The same index, or the one where the end of a shortened axis begins. */
  private long skip(int axis, long i) {
    return isCut(axis, i) ? shape.size(axis) - EDGE : i;
  }

  private boolean isCut(int axis, long i) {
    return summary && i == EDGE && shape.size(axis) > 2 * EDGE;
  }

  private String brackets(int axis) {
    String indent = " ".repeat(axis + 1);
    String inside = axis == shape.rank() - 1 ? row(axis, indent) : blocks(axis, indent);
    return "[" + inside.substring(indent.length()) + "]";
  }

  private String blocks(int axis, String indent) {
    String end = "\n".repeat(shape.rank() - 1 - axis);
    StringBuilder out = new StringBuilder();
    for (long i = 0; i < shape.size(axis); i++) {
      if (i > 0) {
        out.append(end);
      }
      if (isCut(axis, i)) {
        out.append(indent).append("...").append(end);
        i = skip(axis, i);
      }
      index[axis] = i;
      out.append(indent).append(brackets(axis + 1));
    }
    return out.toString();
  }

  private String row(int axis, String indent) {
    // Every bracket that closes takes a column.
    Lines lines = new Lines(LINE - axis - 1, indent);
    for (long i = 0; i < shape.size(axis); i++) {
      if (i > 0) {
        lines.space();
      }
      if (isCut(axis, i)) {
        lines.add("...");
        lines.space();
        i = skip(axis, i);
      }
      index[axis] = i;
      lines.add(words.apply(layout.place(index)));
    }
    return lines.end();
  }

  /** Words one after the other, wrapped to a width. */
  private static final class Lines {
    private final StringBuilder done = new StringBuilder();
    private final StringBuilder line;
    private final int width;
    private final String indent;

    Lines(int width, String indent) {
      this.width = width;
      this.indent = indent;
      this.line = new StringBuilder(indent);
    }

    void add(String word) {
      if (line.length() + word.length() > width && line.length() > indent.length()) {
        done.append(line.toString().stripTrailing()).append('\n');
        line.setLength(0);
        line.append(indent);
      }
      line.append(word);
    }

    void space() {
      line.append(' ');
    }

    String end() {
      return done.append(line).toString();
    }
  }
}

package scoria.autodiff.onnx;

import java.util.Arrays;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.ScatterMode;
import scoria.engine.tensor.Tensor;

/** Elements by their place. */
final class IndexingOperators {
  private IndexingOperators() {}

  static void addTo(Operators table) {
    table.one("Gather", call -> call.in(0).take(call.axis(0), index(call)));
    table.one("GatherElements", call -> call.in(0).takeAlong(call.axis(0), index(call)));
    table.one(
        "GatherND",
        call -> call.in(0).gatherNd(index(call), Math.toIntExact(call.integer("batch_dims", 0))));
    table.one("Scatter", IndexingOperators::scatter);
    table.one("ScatterElements", IndexingOperators::scatter);
    table.one("ScatterND", call -> call.in(0).scatterNd(index(call), call.in(2), mode(call)));
    table.one("NonZero", call -> call.in(0).nonzero().transpose());
    table.one("Compress", IndexingOperators::compress);
    table.one("OneHot", IndexingOperators::oneHot);
    table.one("ReverseSequence", IndexingOperators::reverseSequence);
  }

  private static Tensor index(NodeCall call) {
    return call.in(1).to(DType.INT64);
  }

  private static Tensor scatter(NodeCall call) {
    return call.in(0).scatter(call.axis(0), index(call), call.in(2), mode(call));
  }

  private static ScatterMode mode(NodeCall call) {
    return switch (call.text("reduction", "none")) {
      case "add" -> ScatterMode.ADD;
      case "mul" -> ScatterMode.MUL;
      default -> ScatterMode.REPLACE;
    };
  }

  /** The slices along an axis, or the elements of all, for which a condition holds. */
  private static Tensor compress(NodeCall call) {
    Tensor places = call.in(1).nonzero().squeeze(1);
    return call.says("axis")
        ? call.in(0).take(call.axis(0), places)
        : call.in(0).flatten().take(0, places);
  }

  private static Tensor oneHot(NodeCall call) {
    Tensor hot = call.in(0).to(DType.INT64).oneHot((long) call.in(1).item(), DType.BOOL);
    Tensor values = call.in(2);
    Tensor last = Tensor.where(hot, values.get(0, 1), values.get(0, 0));
    return last.moveAxis(-1, call.axis(-1));
  }

  /** Of every sequence the first elements backwards, as many as it is long. */
  private static Tensor reverseSequence(NodeCall call) {
    boolean timeFirst = call.integer("time_axis", 0) == 0;
    Tensor x = timeFirst ? call.in(0) : call.in(0).transpose(0, 1);
    Tensor lengths = index(call);
    Tensor at = Tensor.arange(x.size(0)).unsqueeze(1);
    Tensor mirrored = lengths.sub(at).sub(Tensor.scalar(1, DType.INT64));
    Tensor place = Tensor.where(at.less(lengths), mirrored, at);
    long[] sizes = new long[x.rank()];
    Arrays.fill(sizes, 1);
    sizes[0] = x.size(0);
    sizes[1] = x.size(1);
    Tensor y = x.takeAlong(0, place.reshape(sizes).expand(x.shape()));
    return timeFirst ? y : y.transpose(0, 1);
  }
}

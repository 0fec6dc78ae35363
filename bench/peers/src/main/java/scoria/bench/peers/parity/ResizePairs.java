package scoria.bench.peers.parity;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.global.torch;
import scoria.engine.function.Resize;
import scoria.engine.function.Resize.Coordinates;
import scoria.engine.function.Resize.How;

/** Images in other sizes. */
final class ResizePairs {
  private static final DoubleOptional BY_SIZE = new DoubleOptional();

  private ResizePairs() {}

  static List<Pair> all() {
    return List.of(
        Pair.of("resize, nearest", chance -> trial(chance, How.NEAREST, 1, 3)),
        Pair.of("resize, linear", chance -> trial(chance, How.LINEAR, 1, 3)),
        Pair.of(
            "resize, linear, corners",
            chance -> trial(chance, How.LINEAR.at(Coordinates.ALIGN_CORNERS), 1, 3)),
        Pair.of("resize, cubic", chance -> trial(chance, How.CUBIC, 2, 2)),
        Pair.of(
            "resize, cubic, corners",
            chance -> trial(chance, How.CUBIC.at(Coordinates.ALIGN_CORNERS), 2, 2)));
  }

  private static Trial trial(Chance chance, How how, int leastAxes, int mostAxes) {
    int axes = chance.between(leastAxes, mostAxes);
    long[] from = new long[axes];
    long[] to = new long[axes];
    Arrays.setAll(from, _ -> chance.between(1, axes == 3 ? 3 : 6));
    Arrays.setAll(to, _ -> chance.between(1, axes == 3 ? 4 : 9));
    List<Long> sizes = Arrays.stream(to).boxed().toList();
    boolean corners = how.coordinates() == Coordinates.ALIGN_CORNERS;
    return Trial.of(
            xs -> Resize.resize(xs[0], sizes, how),
            xs ->
                switch (how.mode()) {
                  case NEAREST -> nearest(xs[0], to);
                  case LINEAR -> linear(xs[0], to, corners);
                  case CUBIC -> torch.upsample_bicubic2d(xs[0], to, corners, BY_SIZE, BY_SIZE);
                },
            chance.real(ConvolutionPairs.with(from, chance.between(1, 2), chance.between(1, 2))))
        .with("to " + sizes);
  }

  private static org.bytedeco.pytorch.Tensor nearest(org.bytedeco.pytorch.Tensor x, long[] to) {
    return switch (to.length) {
      case 1 -> torch.upsample_nearest1d(x, to, BY_SIZE);
      case 2 -> torch.upsample_nearest2d(x, to, BY_SIZE, BY_SIZE);
      default -> torch.upsample_nearest3d(x, to, BY_SIZE, BY_SIZE, BY_SIZE);
    };
  }

  private static org.bytedeco.pytorch.Tensor linear(
      org.bytedeco.pytorch.Tensor x, long[] to, boolean corners) {
    return switch (to.length) {
      case 1 -> torch.upsample_linear1d(x, to, corners, BY_SIZE);
      case 2 -> torch.upsample_bilinear2d(x, to, corners, BY_SIZE, BY_SIZE);
      default -> torch.upsample_trilinear3d(x, to, corners, BY_SIZE, BY_SIZE, BY_SIZE);
    };
  }
}

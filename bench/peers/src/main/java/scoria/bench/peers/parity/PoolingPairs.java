package scoria.bench.peers.parity;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.global.torch;
import scoria.engine.function.Pooling;
import scoria.engine.tensor.Tensor;

/** Pools of one to three axes. */
final class PoolingPairs {
  private PoolingPairs() {}

  static List<Pair> all() {
    return List.of(
        Pair.of("maxPool", PoolingPairs::max),
        Pair.of("maxPoolIndexed", PoolingPairs::maxIndexed),
        Pair.of("maxUnpool", PoolingPairs::unpool),
        Pair.of("avgPool", chance -> average(chance, true)),
        Pair.of("avgPool, without padding", chance -> average(chance, false)),
        Pair.of("lpPool", chance -> powers(chance, 2)),
        Pair.of("lpPool, third power", chance -> powers(chance, 3)),
        Pair.of("adaptiveAvgPool", chance -> adaptive(chance, false)),
        Pair.of("adaptiveMaxPool", chance -> adaptive(chance, true)),
        Pair.of("globalAvgPool", chance -> global(chance, false)),
        Pair.of("globalMaxPool", chance -> global(chance, true)));
  }

  private static Trial max(Chance chance) {
    Slide slide = Slide.draw(chance, true, true, false);
    return Trial.of(
            xs -> Pooling.maxPool(xs[0], slide.sizes(), slide.sliding()),
            xs -> maxPool(xs[0], slide).get0(),
            images(chance, slide))
        .with(slide.toString());
  }

  private static Trial maxIndexed(Chance chance) {
    Slide slide = Slide.draw(chance, true, true, false);
    return Trial.several(
            xs -> {
              Pooling.Indexed y = Pooling.maxPoolIndexed(xs[0], slide.sizes(), slide.sliding());
              return new Tensor[] {y.values(), y.indices()};
            },
            xs -> both(maxPool(xs[0], slide)),
            images(chance, slide))
        .with(slide.toString());
  }

  /** At places that differ, since libtorch does not say which of two it takes. */
  private static Trial unpool(Chance chance) {
    int batch = chance.between(1, 2);
    int height = chance.between(1, 3);
    int width = chance.between(1, 3);
    Input places =
        new Input(
            Input.Kind.INTEGER,
            new long[] {batch, 1, height, width},
            LongStream.range(0, batch)
                .flatMap(
                    _ ->
                        Arrays.stream(chance.order(2 * height * 2 * width))
                            .asLongStream()
                            .limit((long) height * width))
                .asDoubleStream()
                .toArray());
    return Trial.of(
        xs -> Pooling.maxUnpool(xs[0], xs[1], List.of(2L * height, 2L * width)),
        xs -> torch.max_unpool2d(xs[0], xs[1], 2L * height, 2L * width),
        chance.real(batch, 1, height, width),
        places);
  }

  private static Trial average(Chance chance, boolean countPadding) {
    Slide slide = Slide.draw(chance, false, true, false);
    return Trial.of(
            xs -> Pooling.avgPool(xs[0], slide.sizes(), slide.sliding(), countPadding),
            xs -> avgPool(xs[0], slide, countPadding),
            images(chance, slide))
        .with(slide.toString());
  }

  /** libtorch's is made of the mean of the powers, without padding. */
  private static Trial powers(Chance chance, int p) {
    Slide drawn = Slide.draw(chance, false, false, false);
    long[] none = new long[drawn.axes()];
    Slide slide =
        new Slide(drawn.kernel(), drawn.stride(), none, drawn.dilation(), drawn.space(), false);
    double elements = Chance.count(slide.kernel());
    return Trial.of(
            xs -> Pooling.lpPool(xs[0], p, slide.sizes(), slide.sliding()),
            xs ->
                avgPool(xs[0].abs().pow(new Scalar(p)), slide, true)
                    .mul(new Scalar(elements))
                    .pow(new Scalar(1.0 / p)),
            chance.nonzero(
                ConvolutionPairs.with(slide.space(), chance.between(1, 2), chance.between(1, 2))))
        .with(slide.toString());
  }

  private static Trial adaptive(Chance chance, boolean max) {
    int axes = chance.between(1, 3);
    long[] counts = new long[axes];
    Arrays.setAll(counts, _ -> chance.between(1, 4));
    Input x = chance.apart(ProductPairs.with(chance.sizes(2, 2), spaces(chance, axes)));
    return Trial.several(
            xs -> {
              if (!max) {
                return new Tensor[] {Pooling.adaptiveAvgPool(xs[0], counts)};
              }
              Pooling.Indexed y = Pooling.adaptiveMaxPool(xs[0], counts);
              return new Tensor[] {y.values(), y.indices()};
            },
            xs ->
                max
                    ? both(adaptiveMax(xs[0], counts))
                    : new org.bytedeco.pytorch.Tensor[] {adaptiveAverage(xs[0], counts)},
            x)
        .with("to " + Arrays.toString(counts));
  }

  private static Trial global(Chance chance, boolean max) {
    int axes = chance.between(1, 3);
    long[] ones = new long[axes];
    Arrays.fill(ones, 1);
    Input x = chance.apart(ProductPairs.with(chance.sizes(2, 2), spaces(chance, axes)));
    return Trial.of(
        xs -> max ? Pooling.globalMaxPool(xs[0]) : Pooling.globalAvgPool(xs[0]),
        xs -> max ? adaptiveMax(xs[0], ones).get0() : adaptiveAverage(xs[0], ones),
        x);
  }

  private static long[] spaces(Chance chance, int axes) {
    long[] space = new long[axes];
    Arrays.setAll(space, _ -> chance.between(1, axes == 3 ? 4 : 7));
    return space;
  }

  private static Input images(Chance chance, Slide slide) {
    return chance.apart(
        ConvolutionPairs.with(slide.space(), chance.between(1, 2), chance.between(1, 3)));
  }

  private static T_TensorTensor_T maxPool(org.bytedeco.pytorch.Tensor x, Slide s) {
    return switch (s.axes()) {
      case 1 ->
          torch.max_pool1d_with_indices(
              x, s.kernel(), s.stride(), s.padding(), s.dilation(), s.ceil());
      case 2 ->
          torch.max_pool2d_with_indices(
              x, s.kernel(), s.stride(), s.padding(), s.dilation(), s.ceil());
      default ->
          torch.max_pool3d_with_indices(
              x, s.kernel(), s.stride(), s.padding(), s.dilation(), s.ceil());
    };
  }

  private static org.bytedeco.pytorch.Tensor avgPool(
      org.bytedeco.pytorch.Tensor x, Slide s, boolean countPadding) {
    LongOptional usual = new LongOptional();
    return switch (s.axes()) {
      case 1 -> torch.avg_pool1d(x, s.kernel(), s.stride(), s.padding(), s.ceil(), countPadding);
      case 2 ->
          torch.avg_pool2d(x, s.kernel(), s.stride(), s.padding(), s.ceil(), countPadding, usual);
      default ->
          torch.avg_pool3d(x, s.kernel(), s.stride(), s.padding(), s.ceil(), countPadding, usual);
    };
  }

  private static org.bytedeco.pytorch.Tensor adaptiveAverage(
      org.bytedeco.pytorch.Tensor x, long[] counts) {
    return switch (counts.length) {
      case 1 -> torch.adaptive_avg_pool1d(x, counts);
      case 2 -> torch.adaptive_avg_pool2d(x, counts);
      default -> torch.adaptive_avg_pool3d(x, counts);
    };
  }

  private static T_TensorTensor_T adaptiveMax(org.bytedeco.pytorch.Tensor x, long[] counts) {
    return switch (counts.length) {
      case 1 -> torch.adaptive_max_pool1d(x, counts);
      case 2 -> torch.adaptive_max_pool2d(x, counts);
      default -> torch.adaptive_max_pool3d(x, counts);
    };
  }

  private static org.bytedeco.pytorch.Tensor[] both(T_TensorTensor_T pair) {
    return new org.bytedeco.pytorch.Tensor[] {pair.get0(), pair.get1()};
  }
}

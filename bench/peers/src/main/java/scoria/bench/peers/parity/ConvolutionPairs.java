package scoria.bench.peers.parity;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import scoria.engine.function.Convolutions;
import scoria.engine.op.OverlapAdd;
import scoria.engine.op.Windows;

/** Convolutions of one to three axes, and the windows that they are made of. */
final class ConvolutionPairs {
  private ConvolutionPairs() {}

  static List<Pair> all() {
    return List.of(
        Pair.of("conv", ConvolutionPairs::conv).ofSums(),
        Pair.of("convTranspose", ConvolutionPairs::transposed).ofSums(),
        Pair.of("windows", ConvolutionPairs::windows),
        Pair.of("overlapAdd", ConvolutionPairs::overlapAdd).ofSums());
  }

  private static Trial conv(Chance chance) {
    Slide slide = Slide.draw(chance, true, false, true);
    int groups = chance.between(1, 3);
    int in = chance.between(1, 3);
    int out = chance.between(1, 3) * groups;
    boolean bias = chance.coin();
    Input x = chance.real(with(slide.space(), chance.between(1, 2), (long) groups * in));
    Input w = chance.real(with(slide.kernel(), out, in));
    return Trial.of(
            xs -> Convolutions.conv(xs[0], xs[1], bias ? xs[2] : null, slide.sliding(), groups),
            xs ->
                torch.convolution(
                    xs[0],
                    xs[1],
                    bias ? new TensorOptional(xs[2]) : new TensorOptional(),
                    slide.stride(),
                    slide.padding(),
                    slide.dilation(),
                    false,
                    new long[slide.axes()],
                    groups),
            bias ? new Input[] {x, w, chance.real(out)} : new Input[] {x, w})
        .with(slide + " groups " + groups);
  }

  private static Trial transposed(Chance chance) {
    Slide slide = Slide.draw(chance, true, false, false);
    int groups = chance.between(1, 2);
    int in = chance.between(1, 3) * groups;
    int out = chance.between(1, 3);
    long[] extra = new long[slide.axes()];
    // It is less than the stride or the dilation.
    Arrays.setAll(extra, i -> chance.between(0, (int) slide.stride()[i] - 1));
    return Trial.of(
            xs ->
                Convolutions.convTranspose(
                    xs[0],
                    xs[1],
                    xs[2],
                    slide.sliding(),
                    Arrays.stream(extra).boxed().toList(),
                    groups),
            xs ->
                torch.convolution(
                    xs[0],
                    xs[1],
                    new TensorOptional(xs[2]),
                    slide.stride(),
                    slide.padding(),
                    slide.dilation(),
                    true,
                    extra,
                    groups),
            chance.real(with(slide.space(), chance.between(1, 2), in)),
            chance.real(with(slide.kernel(), in, out)),
            chance.real((long) out * groups))
        .with(slide + " groups " + groups + " output padding " + Arrays.toString(extra));
  }

  private static Trial windows(Chance chance) {
    long[] sizes = chance.sizes(1, 3);
    int axis = chance.axis(sizes);
    Windows op = draw(chance, axis);
    sizes[axis] = reach(op) + chance.between(0, 2);
    return Trial.of(xs -> xs[0].apply(op), xs -> windows(xs[0], op), chance.real(sizes))
        .with(op.toString());
  }

  /** The derivative of libtorch's windows, which it calls fold where there are two axes. */
  private static Trial overlapAdd(Chance chance) {
    long[] sizes = chance.sizes(1, 3);
    int axis = chance.axis(sizes);
    Windows op = draw(chance, axis);
    sizes[axis] = reach(op) + chance.between(0, 2);
    long[] given = new long[sizes.length + 1];
    Arrays.setAll(
        given,
        i ->
            i < axis
                ? sizes[i]
                : i == axis ? op.count() : i == axis + 1 ? op.size() : sizes[i - 1]);
    return Trial.of(
            xs -> xs[0].apply(new OverlapAdd(axis, sizes[axis], op.stride(), op.dilation())),
            xs -> {
              org.bytedeco.pytorch.Tensor at =
                  torch.zeros(sizes).to(xs[0].scalar_type()).requires_grad_(true);
              return torch
                  .grad(
                      new TensorVector(windows(at, op)),
                      new TensorVector(at),
                      new TensorVector(xs[0]),
                      new BoolOptional(true),
                      true,
                      false)
                  .get(0);
            },
            chance.real(given))
        .with(op.toString());
  }

  private static Windows draw(Chance chance, int axis) {
    return new Windows(
        axis,
        chance.between(1, 4),
        chance.between(1, 3),
        chance.between(1, 3),
        chance.between(1, 2));
  }

  private static long reach(Windows op) {
    return (op.count() - 1) * op.stride() + (op.size() - 1) * op.dilation() + 1;
  }

  /** libtorch's windows have no dilation, and lie in the last axis. */
  private static org.bytedeco.pytorch.Tensor windows(org.bytedeco.pytorch.Tensor x, Windows op) {
    long extent = (op.size() - 1) * op.dilation() + 1;
    org.bytedeco.pytorch.Tensor wide =
        x.narrow(op.axis(), 0, reach(op)).unfold(op.axis(), extent, op.stride());
    long last = wide.dim() - 1;
    org.bytedeco.pytorch.Tensor places =
        torch
            .arange(new org.bytedeco.pytorch.Scalar(op.size()))
            .to(torch.kLong())
            .mul(new org.bytedeco.pytorch.Scalar(op.dilation()));
    return wide.index_select(last, places).movedim(last, op.axis() + 1L);
  }

  static long[] with(long[] space, long samples, long channels) {
    return ProductPairs.with(new long[] {samples, channels}, space);
  }
}

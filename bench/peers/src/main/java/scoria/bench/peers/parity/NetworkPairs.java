package scoria.bench.peers.parity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import scoria.engine.function.Attention;
import scoria.engine.function.Blocks;
import scoria.engine.function.Einsum;

/** Attention, sums of products by letters, and blocks of images as channels. */
final class NetworkPairs {
  private static final List<String> EQUATIONS =
      List.of(
          "ij,jk->ik",
          "ji,jk",
          "bij , bkj -> bik",
          "ii",
          "iij->ji",
          "ba",
          "i,j->ij",
          "ij,ij->",
          "ijk,k->j",
          "ab,bc,cd->ad",
          "bn,anm,bm->ba",
          "bhqd,bhkd->bhqk",
          "ij->",
          ",ij->ji");

  private NetworkPairs() {}

  static List<Pair> all() {
    List<Pair> pairs = new ArrayList<>();
    pairs.add(Pair.of("scaledDotProduct", chance -> attention(chance, false, false)));
    pairs.add(Pair.of("scaledDotProduct, causal", chance -> attention(chance, true, false)));
    // With heads libtorch takes another way, whose gradient it cannot differentiate.
    pairs.add(Pair.of("scaledDotProduct, heads", chance -> attention(chance, false, true)).once());
    pairs.add(Pair.of("scaledDotProduct, mask", NetworkPairs::masked));
    pairs.add(Pair.of("scaledDotProduct, added mask", NetworkPairs::added));
    for (String equation : EQUATIONS) {
      pairs.add(Pair.of("einsum, " + equation, chance -> einsum(chance, equation)).ofSums());
    }
    pairs.add(Pair.of("einsum, ellipsis", NetworkPairs::ellipsis).ofSums());
    pairs.add(Pair.of("unfold", NetworkPairs::unfold));
    pairs.add(Pair.of("fold", NetworkPairs::fold).ofSums());
    pairs.add(Pair.of("depthToSpace", NetworkPairs::depthToSpace));
    pairs.add(Pair.of("spaceToDepth", NetworkPairs::spaceToDepth));
    return pairs;
  }

  private static Trial attention(Chance chance, boolean causal, boolean heads) {
    long[] batch = heads ? chance.sizes(2, 2) : chance.sizes(1, 1);
    batch[0] = Math.min(3, batch[0]);
    int n = chance.between(1, 5);
    int m = chance.between(1, 5);
    int d = chance.between(1, 4);
    return Trial.of(
        xs -> Attention.scaledDotProduct(xs[0], xs[1], xs[2], null, causal),
        xs ->
            torch.scaled_dot_product_attention(
                xs[0], xs[1], xs[2], new TensorOptional(), 0, causal, new DoubleOptional(), false),
        chance.real(ProductPairs.with(batch, n, d)),
        chance.real(ProductPairs.with(batch, m, d)),
        chance.real(ProductPairs.with(batch, m, heads ? d : chance.between(1, 4))));
  }

  /** Some queries may see nothing. */
  private static Trial masked(Chance chance) {
    int batch = chance.between(1, 3);
    int n = chance.between(1, 5);
    int m = chance.between(1, 5);
    int d = chance.between(1, 4);
    return Trial.of(
        xs -> Attention.scaledDotProduct(xs[0], xs[1], xs[2], xs[3], false, 0.6),
        xs ->
            torch.scaled_dot_product_attention(
                xs[0],
                xs[1],
                xs[2],
                new TensorOptional(xs[3]),
                0,
                false,
                new DoubleOptional(0.6),
                false),
        chance.real(batch, n, d),
        chance.real(batch, m, d),
        chance.real(batch, m, d),
        chance.truths(n, m));
  }

  private static Trial added(Chance chance) {
    int batch = chance.between(1, 3);
    int n = chance.between(1, 5);
    int m = chance.between(1, 5);
    int d = chance.between(1, 4);
    return Trial.of(
        xs -> Attention.scaledDotProduct(xs[0], xs[1], xs[2], xs[3], false),
        xs ->
            torch.scaled_dot_product_attention(
                xs[0],
                xs[1],
                xs[2],
                new TensorOptional(xs[3]),
                0,
                false,
                new DoubleOptional(),
                false),
        chance.real(batch, n, d),
        chance.real(batch, m, d),
        chance.real(batch, m, d),
        chance.real(batch, n, m));
  }

  private static Trial einsum(Chance chance, String equation) {
    Map<Integer, Long> sizes = new HashMap<>();
    String left = equation.split("->", -1)[0];
    List<Input> inputs = new ArrayList<>();
    for (String letters : left.split(",", -1)) {
      long[] shape =
          letters
              .replace(" ", "")
              .chars()
              .mapToLong(c -> sizes.computeIfAbsent(c, _ -> (long) chance.between(1, 4)))
              .toArray();
      inputs.add(chance.real(shape));
    }
    return Trial.of(
        xs -> Einsum.einsum(equation, xs),
        xs -> torch.einsum(equation, new TensorVector(xs)),
        inputs.toArray(Input[]::new));
  }

  private static Trial ellipsis(Chance chance) {
    long[] batch = chance.sizes(0, 2);
    int i = chance.between(1, 4);
    int j = chance.between(1, 4);
    String equation = "...ij,...j->...i";
    return Trial.of(
        xs -> Einsum.einsum(equation, xs),
        xs -> torch.einsum(equation, new TensorVector(xs)),
        chance.real(ProductPairs.with(batch, i, j)),
        chance.real(ProductPairs.with(chance.narrower(batch), j)));
  }

  private static Trial unfold(Chance chance) {
    Slide slide = plane(chance);
    return Trial.of(
            xs -> Blocks.unfold(xs[0], slide.sizes(), slide.sliding()),
            xs ->
                torch.im2col(
                    xs[0], slide.kernel(), slide.dilation(), slide.padding(), slide.stride()),
            chance.real(
                ConvolutionPairs.with(slide.space(), chance.between(1, 2), chance.between(1, 3))))
        .with(slide.toString());
  }

  private static Trial fold(Chance chance) {
    Slide slide = plane(chance);
    long windows = 1;
    for (int i = 0; i < 2; i++) {
      long extent = (slide.kernel()[i] - 1) * slide.dilation()[i] + 1;
      windows *= (slide.space()[i] + 2 * slide.padding()[i] - extent) / slide.stride()[i] + 1;
    }
    List<Long> space = Arrays.stream(slide.space()).boxed().toList();
    return Trial.of(
            xs -> Blocks.fold(xs[0], space, slide.sizes(), slide.sliding()),
            xs ->
                torch.col2im(
                    xs[0],
                    slide.space(),
                    slide.kernel(),
                    slide.dilation(),
                    slide.padding(),
                    slide.stride()),
            chance.real(
                chance.between(1, 2),
                (long) chance.between(1, 2) * Chance.count(slide.kernel()),
                windows))
        .with(slide.toString());
  }

  /** libtorch takes images. */
  private static Slide plane(Chance chance) {
    while (true) {
      Slide slide = Slide.draw(chance, true, false, true);
      if (slide.axes() == 2) {
        return slide;
      }
    }
  }

  private static Trial depthToSpace(Chance chance) {
    int block = chance.between(1, 3);
    return Trial.of(
            xs -> Blocks.depthToSpace(xs[0], block, true),
            xs -> torch.pixel_shuffle(xs[0], block),
            chance.real(
                chance.between(1, 2),
                (long) chance.between(1, 2) * block * block,
                chance.between(1, 3),
                chance.between(1, 3)))
        .with("block " + block);
  }

  private static Trial spaceToDepth(Chance chance) {
    int block = chance.between(1, 3);
    return Trial.of(
            xs -> Blocks.spaceToDepth(xs[0], block, true),
            xs -> torch.pixel_unshuffle(xs[0], block),
            chance.real(
                chance.between(1, 2),
                chance.between(1, 2),
                (long) chance.between(1, 3) * block,
                (long) chance.between(1, 3) * block))
        .with("block " + block);
  }
}

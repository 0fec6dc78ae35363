package scoria.engine.op;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Layout;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cpu.PairwiseF32;
import scoria.kernels.cpu.PairwiseF64;
import scoria.kernels.cpu.PairwiseI32;
import scoria.kernels.cpu.PairwiseI64;
import scoria.kernels.cpu.PairwiseKernel;
import scoria.kernels.cpu.PairwiseU8;

/**
 * Functions of two numbers, applied to pairs of elements with broadcasting.
 *
 * <p>The rows named {@code ...Grad} are the first derivatives of functions of one number,
 * multiplied by a second operand in the same loop.
 */
public enum Binary implements SingleOp {
  /** a + b. */
  ADD(
      "add",
      kernels(
          PairwiseF32::add, PairwiseF64::add, PairwiseI64::add, PairwiseI32::add, PairwiseU8::add),
      Double::sum,
      (a, b, y, g) -> g,
      (a, b, y, g) -> g),
  /** a - b. */
  SUB(
      "sub",
      kernels(
          PairwiseF32::sub, PairwiseF64::sub, PairwiseI64::sub, PairwiseI32::sub, PairwiseU8::sub),
      (a, b) -> a - b,
      (a, b, y, g) -> g,
      (a, b, y, g) -> g.neg()),
  /** a b. */
  MUL(
      "mul",
      kernels(
          PairwiseF32::mul, PairwiseF64::mul, PairwiseI64::mul, PairwiseI32::mul, PairwiseU8::mul),
      (a, b) -> a * b,
      (a, b, y, g) -> g.mul(b),
      (a, b, y, g) -> g.mul(a)),
  /** a / b. */
  DIV(
      "div",
      kernels(PairwiseF32::div, PairwiseF64::div),
      (a, b) -> a / b,
      (a, b, y, g) -> g.div(b),
      (a, b, y, g) -> g.mul(y).div(b).neg()),
  /** The larger; NaN if either is. At a tie the derivative goes to b. */
  MAX(
      "max",
      kernels(
          PairwiseF32::max, PairwiseF64::max, PairwiseI64::max, PairwiseI32::max, PairwiseU8::max),
      Math::max,
      (a, b, y, g) -> g.mul(a.greater(b).to(g.dtype())),
      (a, b, y, g) -> g.mul(a.lessEqual(b).to(g.dtype()))),
  /** The smaller; NaN if either is. At a tie the derivative goes to b. */
  MIN(
      "min",
      kernels(
          PairwiseF32::min, PairwiseF64::min, PairwiseI64::min, PairwiseI32::min, PairwiseU8::min),
      Math::min,
      (a, b, y, g) -> g.mul(a.less(b).to(g.dtype())),
      (a, b, y, g) -> g.mul(a.greaterEqual(b).to(g.dtype()))),
  /**
   * a<sup>b</sup> with the special cases of IEEE 754. Of integers it wraps around, and a negative
   * power is rounded towards 0. The derivative in b is taken as 0 where a = 0 and b &gt;= 0.
   */
  POW(
      "pow",
      kernels(
          PairwiseF32::pow, PairwiseF64::pow, PairwiseI64::pow, PairwiseI32::pow, PairwiseU8::pow),
      StrictMath::pow,
      Partials::first,
      Partials::second),
  /** The angle of the point (b, a), from -pi to pi. */
  ATAN2(
      "atan2",
      kernels(PairwiseF32::atan2, PairwiseF64::atan2),
      StrictMath::atan2,
      (a, b, y, g) -> g.mul(b).div(a.square().add(b.square())),
      (a, b, y, g) -> g.mul(a).div(a.square().add(b.square())).neg()),
  /**
   * sqrt(a<sup>2</sup> + b<sup>2</sup>), without overflow on the way; not smooth where both are 0.
   */
  HYPOT(
      "hypot",
      kernels(PairwiseF32::hypot, PairwiseF64::hypot),
      StrictMath::hypot,
      (a, b, y, g) -> g.mul(a).div(y),
      (a, b, y, g) -> g.mul(b).div(y)),
  /**
   * What is left of a after whole multiples of b, with the sign of a: C's fmod. 0 for an integer b
   * = 0.
   */
  FMOD(
      "fmod",
      kernels(
          PairwiseF32::fmod,
          PairwiseF64::fmod,
          PairwiseI64::fmod,
          PairwiseI32::fmod,
          PairwiseU8::fmod),
      (a, b) -> a % b,
      (a, b, y, g) -> g,
      (a, b, y, g) -> g.mul(a.truncDivide(b)).neg()),
  /**
   * What is left of a after whole multiples of b, with the sign of b: NumPy's mod. 0 for an integer
   * b = 0.
   */
  REMAINDER(
      "remainder",
      kernels(
          PairwiseF32::remainder,
          PairwiseF64::remainder,
          PairwiseI64::remainder,
          PairwiseI32::remainder,
          PairwiseU8::remainder),
      (a, b) -> a - b * Math.floor(a / b),
      (a, b, y, g) -> g,
      (a, b, y, g) -> g.mul(a.floorDivide(b)).neg()),
  /** The largest whole number not above a / b. 0 for an integer b = 0. */
  FLOOR_DIVIDE(
      "floorDivide",
      kernels(
          PairwiseF32::floorDivide,
          PairwiseF64::floorDivide,
          PairwiseI64::floorDivide,
          PairwiseI32::floorDivide,
          PairwiseU8::floorDivide),
      (a, b) -> Math.floor(a / b),
      (a, b, y, g) -> null,
      (a, b, y, g) -> null),
  /** a / b without its fraction. 0 for an integer b = 0. */
  TRUNC_DIVIDE(
      "truncDivide",
      kernels(
          PairwiseF32::truncDivide,
          PairwiseF64::truncDivide,
          PairwiseI64::truncDivide,
          PairwiseI32::truncDivide,
          PairwiseU8::truncDivide),
      (a, b) -> a / b < 0 ? Math.ceil(a / b) : Math.floor(a / b),
      (a, b, y, g) -> null,
      (a, b, y, g) -> null),
  /**
   * The size of a with the sign of b, which may be that of a zero; its derivative at a = 0 is taken
   * as 0.
   */
  COPYSIGN(
      "copysign",
      kernels(PairwiseF32::copysign, PairwiseF64::copysign),
      Math::copySign,
      (a, b, y, g) -> g.mul(a.sign()).mul(y.sign()),
      (a, b, y, g) -> null),
  /** b where a &gt; 0, else 0. */
  RELU_GRAD(
      "reluGrad",
      kernels(PairwiseF32::reluGrad, PairwiseF64::reluGrad),
      (a, b) -> a > 0 ? b : 0,
      (a, b, y, g) -> null,
      (a, b, y, g) -> a.reluGrad(g)),
  /** b sign(a). */
  ABS_GRAD(
      "absGrad",
      kernels(PairwiseF32::absGrad, PairwiseF64::absGrad),
      (a, b) -> b * Math.signum(a),
      (a, b, y, g) -> null,
      (a, b, y, g) -> a.absGrad(g)),
  /** b (1 - a<sup>2</sup>): the derivative of tanh where a is its value. */
  TANH_GRAD(
      "tanhGrad",
      kernels(PairwiseF32::tanhGrad, PairwiseF64::tanhGrad),
      (a, b) -> b * (1 - a * a),
      (a, b, y, g) -> g.mul(a).mul(b).mul(-2),
      (a, b, y, g) -> a.tanhGrad(g)),
  /** b a (1 - a): the derivative of the sigmoid where a is its value. */
  SIGMOID_GRAD(
      "sigmoidGrad",
      kernels(PairwiseF32::sigmoidGrad, PairwiseF64::sigmoidGrad),
      (a, b) -> b * a * (1 - a),
      (a, b, y, g) -> g.mul(b).mul(a.mul(-2).add(1)),
      (a, b, y, g) -> a.sigmoidGrad(g)),
  /** b sigmoid(a) (1 + a (1 - sigmoid(a))). */
  SILU_GRAD(
      "siluGrad",
      kernels(PairwiseF32::siluGrad, PairwiseF64::siluGrad),
      (a, b) -> b * Meaning.sigmoid(a) * (1 + a * (1 - Meaning.sigmoid(a))),
      (a, b, y, g) -> a.siluCurve(g.mul(b)),
      (a, b, y, g) -> a.siluGrad(g)),
  /** b sigmoid(a) (1 - sigmoid(a)) (2 + a (1 - 2 sigmoid(a))): the second derivative of silu. */
  SILU_CURVE(
      "siluCurve",
      kernels(PairwiseF32::siluCurve, PairwiseF64::siluCurve),
      (a, b) -> {
        double s = Meaning.sigmoid(a);
        return b * s * (1 - s) * (2 + a * (1 - 2 * s));
      },
      // The third derivative: with h = s (1 - s) and r = 1 - 2 s it is h (r (3 + a r) - 2 a h).
      (a, b, y, g) -> {
        Tensor s = a.sigmoid();
        Tensor r = s.mul(-2).add(1);
        Tensor h = s.sigmoidGrad(g.mul(b));
        Tensor ah = s.sigmoidGrad(a).mul(2);
        return h.mul(r.mul(a.mul(r).add(3)).sub(ah));
      },
      (a, b, y, g) -> a.siluCurve(g)),
  /** b sigmoid(a). */
  SOFTPLUS_GRAD(
      "softplusGrad",
      kernels(PairwiseF32::softplusGrad, PairwiseF64::softplusGrad),
      (a, b) -> b * Meaning.sigmoid(a),
      (a, b, y, g) -> a.sigmoid().sigmoidGrad(g.mul(b)),
      (a, b, y, g) -> a.softplusGrad(g)),
  /** b (Phi(a) + a phi(a)), with the normal distribution's function Phi and density phi. */
  GELU_GRAD(
      "geluGrad",
      kernels(PairwiseF32::geluGrad, PairwiseF64::geluGrad),
      (a, b) -> b * (Meaning.normalCdf(a) + a * Meaning.normalPdf(a)),
      // gelu'' = phi(a) (2 - a^2).
      (a, b, y, g) -> {
        Tensor square = a.square();
        Tensor phi = square.mul(-0.5).exp().mul(1 / Math.sqrt(2 * Math.PI));
        return g.mul(b).mul(phi).mul(square.neg().add(2));
      },
      (a, b, y, g) -> a.geluGrad(g));

  /** {@code g} times the derivative in one operand, where the function's value is {@code y}. */
  private interface Partial {
    @Nullable Tensor times(Tensor a, Tensor b, Tensor y, Tensor g);
  }

  private record Kernels(
      PairwiseKernel float32,
      PairwiseKernel float64,
      @Nullable PairwiseKernel int64,
      @Nullable PairwiseKernel int32,
      @Nullable PairwiseKernel uint8) {}

  private final String label;
  private final Kernels kernels;
  private final DoubleBinaryOperator meaning;
  private final Partial first;
  private final Partial second;

  Binary(
      String label, Kernels kernels, DoubleBinaryOperator meaning, Partial first, Partial second) {
    this.label = label;
    this.kernels = kernels;
    this.meaning = meaning;
    this.first = first;
    this.second = second;
  }

  private static Kernels kernels(PairwiseKernel float32, PairwiseKernel float64) {
    return new Kernels(float32, float64, null, null, null);
  }

  private static Kernels kernels(
      PairwiseKernel float32,
      PairwiseKernel float64,
      PairwiseKernel int64,
      PairwiseKernel int32,
      PairwiseKernel uint8) {
    return new Kernels(float32, float64, int64, int32, uint8);
  }

  /** The test points of all rows: equal shapes, a repeated row, a repeated column, a scalar. */
  static List<Case> cases() {
    return Arrays.stream(values())
        .flatMap(
            op ->
                Stream.of(
                    Case.of(op, op.left(3, 2, 5), op.right(2, 5).map(v -> v * 1.07)),
                    Case.of(op, op.left(2, 1), op.right(2, 1).map(v -> v * 1.07)),
                    Case.of(op, op.left(2, 3), op.steps() ? op.right() : Reference.scalar(0.77)),
                    Case.of(
                        op,
                        op.left(4, 1, 3),
                        op.steps() ? op.right(1, 2, 1) : Case.positive(1, 2, 1))))
        .toList();
  }

  /** Whether its value jumps where a / b is a whole number. */
  private boolean steps() {
    return this == FMOD || this == REMAINDER || this == FLOOR_DIVIDE || this == TRUNC_DIVIDE;
  }

  private Reference left(long... sizes) {
    if (steps()) {
      return Case.spread(sizes).map(v -> Math.rint(v) + 0.4);
    }
    return this == POW ? Case.positive(sizes) : Case.spread(sizes);
  }

  private Reference right(long... sizes) {
    if (steps()) {
      return Case.spread(sizes).map(v -> 1 - 0.02 * Math.abs(v));
    }
    boolean positive = this == DIV || this == HYPOT || this == ATAN2;
    return positive ? Case.positive(sizes) : Case.spread(sizes);
  }

  /** The CPU's loop for a type, or null where there is none. */
  public @Nullable PairwiseKernel kernel(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> kernels.float32;
      case FLOAT64 -> kernels.float64;
      case INT64 -> kernels.int64;
      case INT32 -> kernels.int32;
      case UINT8 -> kernels.uint8;
      case BOOL -> null;
    };
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public String shapes() {
    return "[...], [...] -> [...], broadcast";
  }

  @Override
  public Signature result(Signature... inputs) {
    Rules.sameType(inputs[0], inputs[1]);
    if (kernel(inputs[0].dtype()) == null) {
      throw new IllegalArgumentException(
          "it does not work on " + inputs[0].dtype() + "; convert with to(dtype)");
    }
    return new Signature(inputs[0].shape().broadcast(inputs[1].shape()), inputs[0].dtype());
  }

  @Override
  public Reference value(Reference... inputs) {
    return inputs[0].zip(inputs[1], meaning);
  }

  @Override
  public @Nullable Tensor[] pullback(Call call, Tensor g) {
    Tensor y = call.output(0);
    return new @Nullable Tensor[] {
      call.needs(0)
          ? Rules.sumToIfAny(
              first.times(call.input(0), call.input(1), y, g), call.source(0).shape())
          : null,
      call.needs(1)
          ? Rules.sumToIfAny(
              second.times(call.input(0), call.input(1), y, g), call.source(1).shape())
          : null
    };
  }

  @Override
  public @Nullable Tensor tangent(Call call, @Nullable Tensor[] tangents) {
    Tensor y = call.output(0);
    Tensor ta = tangents[0];
    Tensor tb = tangents[1];
    Tensor sum =
        Rules.add(
            ta == null ? null : first.times(call.input(0), call.input(1), y, ta),
            tb == null ? null : second.times(call.input(0), call.input(1), y, tb));
    return sum == null ? null : sum.expand(y.shape());
  }

  /** Any layout that steps by 0 or 1 along the last axis. */
  @Override
  public boolean accepts(int input, Layout layout) {
    return RowSteps.fit(layout);
  }
}

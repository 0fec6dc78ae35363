package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Fused updates of float32 parameters: one pass over all the arrays of a step.
 *
 * <p>Scalars come as float64 and are rounded to float32 once, after {@code 1 - beta}. Arrays must
 * not overlap.
 */
// float64: generated
public final class OptimizerF32 {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private OptimizerF32() {}

  private static FloatVector load(MemorySegment x, long at, VectorMask<Float> mask) {
    return FloatVector.fromMemorySegment(S, x, at * Float.BYTES, ORDER, mask);
  }

  private static FloatVector load(MemorySegment x, long at) {
    return FloatVector.fromMemorySegment(S, x, at * Float.BYTES, ORDER);
  }

  private static void store(FloatVector v, MemorySegment y, long at) {
    v.intoMemorySegment(y, at * Float.BYTES, ORDER);
  }

  private static void store(FloatVector v, MemorySegment y, long at, VectorMask<Float> mask) {
    v.intoMemorySegment(y, at * Float.BYTES, ORDER, mask);
  }

  private static FloatVector c(double value) {
    return FloatVector.broadcast(S, (float) value); // float32 only
    // float64 only: return DoubleVector.broadcast(S, value);
  }

  /**
   * One step of Adam or AdamW (Kingma and Ba 2015; Loshchilov and Hutter 2019):
   *
   * <pre>
   * m = beta1 m + (1 - beta1) g
   * v = beta2 v + (1 - beta2) g^2
   * p = weightDecayFactor p - lr (m correction1) / (sqrt(v correction2) + eps)
   * </pre>
   *
   * @param param the parameters p
   * @param pAt first element of p
   * @param grad the gradient g
   * @param gAt first element of g
   * @param m running mean of g
   * @param mAt first element of m
   * @param v running mean of g^2
   * @param vAt first element of v
   * @param n number of elements
   * @param lr learning rate
   * @param beta1 decay of m
   * @param beta2 decay of v
   * @param eps added to the root
   * @param weightDecayFactor 1 - lr times the decoupled weight decay; 1 for none
   * @param correction1 1 / (1 - beta1^t) at step t = 1, 2, ...
   * @param correction2 1 / (1 - beta2^t)
   */
  public static void adam(
      MemorySegment param,
      long pAt,
      MemorySegment grad,
      long gAt,
      MemorySegment m,
      long mAt,
      MemorySegment v,
      long vAt,
      long n,
      double lr,
      double beta1,
      double beta2,
      double eps,
      double weightDecayFactor,
      double correction1,
      double correction2) {
    FloatVector minusLr = c(-lr);
    FloatVector decay1 = c(beta1);
    FloatVector decay2 = c(beta2);
    FloatVector rest1 = c(1.0 - beta1);
    FloatVector rest2 = c(1.0 - beta2);
    FloatVector epsilon = c(eps);
    FloatVector keep = c(weightDecayFactor);
    FloatVector unbias1 = c(correction1);
    FloatVector unbias2 = c(correction2);
    long i = 0;
    for (long bulk = S.loopBound(n); i < bulk; i += S.length()) {
      FloatVector g = load(grad, gAt + i);
      FloatVector mean = load(m, mAt + i).fma(decay1, g.mul(rest1));
      FloatVector square = load(v, vAt + i).fma(decay2, g.mul(g).mul(rest2));
      FloatVector step = mean.mul(unbias1).div(square.mul(unbias2).sqrt().add(epsilon));
      store(mean, m, mAt + i);
      store(square, v, vAt + i);
      store(step.fma(minusLr, load(param, pAt + i).mul(keep)), param, pAt + i);
    }
    if (i < n) {
      adamRest(
          param,
          pAt + i,
          grad,
          gAt + i,
          m,
          mAt + i,
          v,
          vAt + i,
          n - i,
          lr,
          beta1,
          beta2,
          eps,
          weightDecayFactor,
          correction1,
          correction2);
    }
  }

  /**
   * {@link #adam} for fewer elements than a vector has, one by one: with masked vectors there are
   * more of them in one compilation than the compiler keeps unboxed. The bits are the same, since
   * every step rounds alike, and the root of a float32 in float64 rounds to the float32 root.
   */
  private static void adamRest(
      MemorySegment param,
      long pAt,
      MemorySegment grad,
      long gAt,
      MemorySegment m,
      long mAt,
      MemorySegment v,
      long vAt,
      long n,
      double lr,
      double beta1,
      double beta2,
      double eps,
      double weightDecayFactor,
      double correction1,
      double correction2) {
    for (long i = 0; i < n; i++) {
      float g = grad.getAtIndex(ValueLayout.JAVA_FLOAT, gAt + i);
      float mean = m.getAtIndex(ValueLayout.JAVA_FLOAT, mAt + i);
      float square = v.getAtIndex(ValueLayout.JAVA_FLOAT, vAt + i);
      mean = Math.fma(mean, (float) beta1, g * (float) (1.0 - beta1));
      square = Math.fma(square, (float) beta2, g * g * (float) (1.0 - beta2));
      float root = (float) Math.sqrt(square * (float) correction2);
      float step = mean * (float) correction1 / (root + (float) eps);
      float kept = param.getAtIndex(ValueLayout.JAVA_FLOAT, pAt + i) * (float) weightDecayFactor;
      m.setAtIndex(ValueLayout.JAVA_FLOAT, mAt + i, mean);
      v.setAtIndex(ValueLayout.JAVA_FLOAT, vAt + i, square);
      param.setAtIndex(ValueLayout.JAVA_FLOAT, pAt + i, Math.fma(step, (float) -lr, kept));
    }
  }

  /**
   * One step of gradient descent with momentum: {@code u = momentum u + g}, {@code p = p - lr u}.
   *
   * @param param the parameters p
   * @param pAt first element of p
   * @param grad the gradient g
   * @param gAt first element of g
   * @param velocity the velocity u, 0 before the first step
   * @param uAt first element of u
   * @param n number of elements
   * @param lr learning rate
   * @param momentum 0 for plain descent
   */
  public static void sgdMomentum(
      MemorySegment param,
      long pAt,
      MemorySegment grad,
      long gAt,
      MemorySegment velocity,
      long uAt,
      long n,
      double lr,
      double momentum) {
    FloatVector minusLr = c(-lr);
    FloatVector keep = c(momentum);
    long i = 0;
    for (long bulk = S.loopBound(n); i < bulk; i += S.length()) {
      FloatVector u = load(velocity, uAt + i).fma(keep, load(grad, gAt + i));
      store(u, velocity, uAt + i);
      store(u.fma(minusLr, load(param, pAt + i)), param, pAt + i);
    }
    if (i < n) {
      VectorMask<Float> mask = S.indexInRange(i, n);
      FloatVector u = load(velocity, uAt + i, mask).fma(keep, load(grad, gAt + i, mask));
      store(u, velocity, uAt + i, mask);
      store(u.fma(minusLr, load(param, pAt + i, mask)), param, pAt + i, mask);
    }
  }

  /**
   * Moves an array towards another: {@code target = target + weight (source - target)}.
   *
   * @param target what moves
   * @param tAt first element of target
   * @param source where to
   * @param sAt first element of source
   * @param n number of elements
   * @param weight 0 to stay, 1 to arrive; for an exponential moving average 1 - decay
   */
  public static void lerp(
      MemorySegment target, long tAt, MemorySegment source, long sAt, long n, double weight) {
    FloatVector w = c(weight);
    long i = 0;
    for (long bulk = S.loopBound(n); i < bulk; i += S.length()) {
      FloatVector t = load(target, tAt + i);
      store(load(source, sAt + i).sub(t).fma(w, t), target, tAt + i);
    }
    if (i < n) {
      VectorMask<Float> mask = S.indexInRange(i, n);
      FloatVector t = load(target, tAt + i, mask);
      store(load(source, sAt + i, mask).sub(t).fma(w, t), target, tAt + i, mask);
    }
  }
}

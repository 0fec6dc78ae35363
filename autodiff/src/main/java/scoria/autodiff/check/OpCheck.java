package scoria.autodiff.check;

import java.util.List;
import scoria.engine.function.Composed;
import scoria.engine.memory.Scope;
import scoria.engine.op.Case;
import scoria.engine.op.Op;
import scoria.engine.op.Reference;
import scoria.engine.tensor.DType;

/**
 * Checks an operation at a point, one's own as well as the engine's:
 *
 * <pre>{@code
 * OpCheck.of(new Cube(), Case.spread(3, 4)).run();
 * }</pre>
 *
 * <p>What is checked, on the current device:
 *
 * <ul>
 *   <li>the outputs' shapes and types against the shape rule, and their values against the meaning,
 *       in float64 and float32;
 *   <li>the same bits, of values, gradients and tangents, from inputs that are strided, backwards,
 *       transposed or repeated without copying;
 *   <li>derivatives of orders 1, 2 and 3, in the inputs and in the vector that a gradient is
 *       multiplied by, against central differences of fourth order of the derivative below, in
 *       float64; and first derivatives in float32 against float64;
 *   <li>{@code <J v, w> = <v, J^T w>}; forward over reverse, reverse over forward and reverse over
 *       reverse; the Hessian's symmetry; to 1e-10 of the sum of absolute terms or the largest
 *       element;
 *   <li>that outputs remember their origins, and gradients have the inputs' shapes;
 *   <li>all of that once more at scalars and with axes of size 0, where the shape rule allows them;
 *       of a composed function all but the values, since its meaning may hold for its case alone.
 * </ul>
 *
 * <p>The point must be away from kinks and poles, by 0.001 at least. Orders 2 and 3 are compared
 * along random directions of all inputs at once; an error is then searched for element by element.
 *
 * <p>A check is immutable: what changes it gives another one.
 */
public final class OpCheck {
  private final Subject subject;
  private final double float64;
  private final double float32;
  private final double[] orders;

  private OpCheck(Subject subject, double float64, double float32, double... orders) {
    this.subject = subject;
    this.float64 = float64;
    this.float32 = float32;
    this.orders = orders;
  }

  private OpCheck(Subject subject) {
    this(subject, 1e-12, 1e-5, 1e-8, 1e-8, 1e-8);
  }

  /** A check of an operation all of whose inputs have a derivative. */
  public static OpCheck of(Op op, Reference... inputs) {
    return of(Case.of(op, inputs));
  }

  /** A check of an operation some of whose inputs have a derivative. */
  public static OpCheck of(Case c) {
    return new OpCheck(Subject.of(c));
  }

  /** A check of a function composed of operations, all of whose inputs have a derivative. */
  public static OpCheck of(Composed c) {
    return new OpCheck(Subject.of(c));
  }

  /**
   * With other tolerances of values, over 1 + the absolute value.
   *
   * @param float64 for float64, 1e-12 unless given
   * @param float32 for float32, 1e-5 unless given
   */
  public OpCheck values(double float64, double float32) {
    return new OpCheck(subject, float64, float32, orders);
  }

  /**
   * With other tolerances of derivatives, over 1 + the sum of absolute terms; each is 1e-8 unless
   * given.
   */
  public OpCheck derivatives(double first, double second, double third) {
    return new OpCheck(subject, float64, float32, first, second, third);
  }

  /**
   * Runs all checks.
   *
   * @return the errors reached
   * @throws AssertionError at the first finding, in one line: the operation, the inputs' shapes,
   *     the order, the input, the element, what it should be and what it is
   */
  public OpReport run() {
    OpReport report = point(subject, true, true);
    for (List<Reference> point : Variants.scalar(subject.inputs())) {
      report = variant(report, subject.at(point));
    }
    for (List<Reference> point : Variants.empty(subject.inputs())) {
      report = variant(report, subject.at(point));
    }
    return report;
  }

  private OpReport variant(OpReport report, Subject at) {
    // A composed function's meaning is written for the shapes of its case.
    return isAllowed(at) ? report.worst(point(at, at.op() != null, false)) : report;
  }

  private OpReport point(Subject at, boolean means, boolean thorough) {
    try (Scope _ = Scope.open("check of " + at.name())) {
      double wide = means ? ValueCheck.meaning(at, DType.FLOAT64, float64) : Double.NaN;
      double narrow = means ? ValueCheck.meaning(at, DType.FLOAT32, float32) : Double.NaN;
      ValueCheck.layouts(at, DType.FLOAT64);
      ValueCheck.layouts(at, DType.FLOAT32);
      DerivativeCheck derivatives = new DerivativeCheck(at, thorough, orders);
      derivatives.run();
      return new OpReport(
          at.name(),
          wide,
          narrow,
          derivatives.error(1),
          derivatives.error(2),
          derivatives.error(3),
          derivatives.adjoint());
    }
  }

  /** Whether the shape rule takes the inputs and their values are not out of bounds. */
  private static boolean isAllowed(Subject at) {
    try (Scope _ = Scope.open("probe of " + at.name())) {
      at.infer(DType.FLOAT64);
      return at.body().apply(at.tensors(DType.FLOAT64)).length > 0;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return false;
    } catch (RuntimeException e) {
      throw at.wrong("the shape rule", e);
    }
  }
}

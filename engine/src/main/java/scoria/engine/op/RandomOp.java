package scoria.engine.op;

import java.util.List;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;

/**
 * Random numbers: a pure function of seed, stream and place in the stream, by Philox4x32-10. The
 * input is those three, int64 [3]: the seed, the number of the stream, and the place of the
 * output's first element in it.
 *
 * @param kind the distribution
 * @param bound for {@link Kind#INTEGERS} the number above the largest, else 0
 * @param shape the output's shape
 * @param dtype float32 or float64; int64 for {@link Kind#INTEGERS}
 */
public record RandomOp(Kind kind, long bound, Shape shape, DType dtype) implements ConstantOp {
  /** How many numbers say where in which stream to begin. */
  public static final int NUMBERS = 3;

  private static final Signature STATE = new Signature(Shape.of(NUMBERS), DType.INT64);

  /** The distributions. */
  public enum Kind {
    /** Evenly on [0, 1). */
    UNIFORM("uniform"),
    /** Normal with mean 0 and variance 1. */
    NORMAL("normal"),
    /** -1 or 1, each with probability 1/2. */
    RADEMACHER("rademacher"),
    /** Whole numbers from 0 to a bound, evenly. */
    INTEGERS("integers");

    private final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  /** None: the values have no meaning but the kernel's, which is tested by known answers. */
  static List<Case> cases() {
    return List.of();
  }

  @Override
  public String label() {
    return kind.label;
  }

  @Override
  public String shapes() {
    return "int64 [3] -> [shape]";
  }

  @Override
  public Signature result(Signature... inputs) {
    if (inputs.length != 1 || !inputs[0].equals(STATE)) {
      throw new IllegalArgumentException("random numbers take seed, stream and place as " + STATE);
    }
    if (kind == Kind.INTEGERS ? dtype != DType.INT64 : !dtype.isFloat()) {
      throw new IllegalArgumentException(
          "there are no such random numbers of type "
              + dtype
              + "; "
              + (kind == Kind.INTEGERS ? "int64 is" : "float32 and float64 are")
              + " to be had");
    }
    if (kind == Kind.INTEGERS && bound < 1) {
      throw new IllegalArgumentException("the bound is " + bound + "; it must be at least 1");
    }
    return new Signature(shape, dtype);
  }

  @Override
  public Reference value(Reference... inputs) {
    throw new UnsupportedOperationException("random numbers have no meaning in float64");
  }
}

package scoria.engine.function;

import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.op.Places;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/**
 * Losses, as PyTorch and ONNX define them. Classes are axis 1 of the predictions [n, classes, ...],
 * and targets are [n, ...].
 */
public final class Losses implements Functions {
  /** What is made of the losses of all elements. */
  public enum Over {
    /** Nothing: they are given one by one. */
    NONE,
    /** Their mean, by the sum of the weights where there are weights. */
    MEAN,
    /** Their sum. */
    SUM
  }

  private Losses() {}

  /** The test points. */
  static List<Composed> cases() {
    return LossCases.all();
  }

  private static Tensor over(Tensor losses, Over over) {
    return switch (over) {
      case NONE -> losses;
      case MEAN -> losses.mean();
      case SUM -> losses.sum();
    };
  }

  /** Squared differences. */
  public static Tensor mse(Tensor x, Tensor target, Over over) {
    return over(difference("mse", x, target, over).square(), over);
  }

  /** Absolute differences. */
  public static Tensor l1(Tensor x, Tensor target, Over over) {
    return over(difference("l1", x, target, over).abs(), over);
  }

  /**
   * Half the squared difference d up to {@code delta}, delta (|d| - delta/2) beyond (Huber 1964).
   *
   * @param delta above 0
   */
  public static Tensor huber(Tensor x, Tensor target, double delta, Over over) {
    positive("huber", "delta", delta);
    return huber("huber", x, target, delta, over);
  }

  private static Tensor huber(String caller, Tensor x, Tensor target, double delta, Over over) {
    Inputs.floats(caller, x, target);
    Tensor d = difference(caller, x, target, over);
    // d^2/2 within and delta |d| - delta^2/2 beyond, without a kink at 0.
    Tensor near = d.clamp(-delta, delta);
    return over(near.mul(d.sub(near.mul(0.5))), over);
  }

  /**
   * The {@link #huber} loss over {@code beta}, whose slope beyond it is 1.
   *
   * @param beta above 0
   */
  public static Tensor smoothL1(Tensor x, Tensor target, double beta, Over over) {
    positive("smoothL1", "beta", beta);
    return huber("smoothL1", x, target, beta, over).mul(1 / beta);
  }

  /**
   * Minus the given logarithms of probabilities at the target classes.
   *
   * @param logProbabilities [n, classes, ...]
   * @param target int64 [n, ...], from 0 to classes - 1; another throws {@link
   *     IndexOutOfBoundsException}
   * @param weight of every class, [classes], or null for 1; the mean is then over the weights
   * @param ignore a target that does not count, whether or not it is a class; or null for none
   */
  public static Tensor nll(
      Tensor logProbabilities,
      Tensor target,
      @Nullable Tensor weight,
      @Nullable Long ignore,
      Over over) {
    return nll("nll", logProbabilities, target, weight, ignore, over);
  }

  private static Tensor nll(
      String caller,
      Tensor logProbabilities,
      Tensor target,
      @Nullable Tensor weight,
      @Nullable Long ignore,
      Over over) {
    checkClasses(caller, logProbabilities, target);
    if (weight != null
        && !(weight.rank() == 1
            && weight.size(0) == logProbabilities.size(1)
            && weight.dtype() == logProbabilities.dtype())) {
      throw new IllegalArgumentException(
          caller
              + " of "
              + logProbabilities.signature()
              + " was given "
              + weight.signature()
              + " for its classes; it takes "
              + logProbabilities.dtype()
              + "["
              + logProbabilities.size(1)
              + "]");
    }
    Tensor classes = target;
    Tensor counts = null;
    if (ignore != null) {
      Tensor counted = target.notEqual(Tensor.scalar(ignore, DType.INT64).to(target.device()));
      classes = Tensor.where(counted, target, Tensor.scalar(0, DType.INT64).to(target.device()));
      counts = counted.to(logProbabilities.dtype());
    }
    classes = classes.apply(new Places(caller, logProbabilities.size(1), false));
    if (weight != null) {
      Tensor weights = weight.take(0, classes.reshape(-1)).reshape(target.shape());
      counts = counts == null ? weights : counts.mul(weights);
    }
    Tensor losses = logProbabilities.takeAlong(1, classes.unsqueeze(1)).squeeze(1).neg();
    if (counts == null) {
      return over(losses, over);
    }
    Tensor weighted = losses.mul(counts);
    return over == Over.MEAN ? weighted.sum().div(counts.sum()) : over(weighted, over);
  }

  /**
   * Cross entropy of the softmax of logits and target classes: {@link #nll} of the log-softmax.
   *
   * @param logits [n, classes, ...]
   * @param target int64 [n, ...], from 0 to classes - 1; another throws {@link
   *     IndexOutOfBoundsException}
   * @param weight of every class, [classes], or null for 1; the mean is then over the weights
   * @param ignore a target that does not count, whether or not it is a class; or null for none
   */
  public static Tensor crossEntropy(
      Tensor logits, Tensor target, @Nullable Tensor weight, @Nullable Long ignore, Over over) {
    checkClasses("crossEntropy", logits, target);
    return nll("crossEntropy", logits.logSoftmax(1), target, weight, ignore, over);
  }

  /**
   * Cross entropy of the softmax of logits and probabilities; the mean is over all but the classes.
   *
   * @param logits [n, classes, ...]
   * @param target probabilities of the same shape; or int64 [n, ...], classes from 0
   */
  public static Tensor crossEntropy(Tensor logits, Tensor target, Over over) {
    if (!target.dtype().isFloat()) {
      return crossEntropy(logits, target, null, null, over);
    }
    sameShape("crossEntropy", logits, target);
    Inputs.floats("crossEntropy", logits, target);
    return over(logits.logSoftmax(1).mul(target).sum(1).neg(), over);
  }

  /**
   * Cross entropy of probabilities sigmoid(x) and targets from 0 to 1, right however large the
   * logits.
   *
   * @param positive factor of the target's part, broadcasts to the logits, or null for 1
   */
  public static Tensor binaryCrossEntropyWithLogits(
      Tensor logits, Tensor target, @Nullable Tensor positive, Over over) {
    sameShape("binaryCrossEntropyWithLogits", logits, target);
    Inputs.floats("binaryCrossEntropyWithLogits", logits, target, positive);
    if (positive != null) {
      Inputs.broadcast("binaryCrossEntropyWithLogits", logits, positive);
    }
    Tensor losses;
    if (positive == null) {
      losses = logits.softplus().sub(logits.mul(target));
    } else {
      Tensor yes = target.mul(positive);
      Tensor no = target.neg().add(1);
      losses = yes.mul(logits.neg().softplus()).add(no.mul(logits.softplus()));
    }
    return over(losses, over);
  }

  /**
   * Cross entropy of probabilities and targets from 0 to 1. Logarithms are at least -100, as in
   * PyTorch, so that a probability of 0 or 1 costs a finite loss.
   */
  public static Tensor binaryCrossEntropy(Tensor probabilities, Tensor target, Over over) {
    sameShape("binaryCrossEntropy", probabilities, target);
    Inputs.floats("binaryCrossEntropy", probabilities, target);
    Tensor yes = probabilities.log().max(-100).mul(target);
    Tensor not = probabilities.neg();
    Tensor no = not.log1p().max(-100).mul(target.neg().add(1));
    return over(yes.add(no).neg(), over);
  }

  /**
   * Divergence of Kullback and Leibler, element by element: p (ln p - q) for the target p and the
   * given q; 0 where p is 0.
   *
   * @param logProbabilities q, logarithms of the probabilities that are judged
   * @param target p, probabilities of the same shape
   */
  public static Tensor klDivergence(Tensor logProbabilities, Tensor target, Over over) {
    sameShape("klDivergence", logProbabilities, target);
    Inputs.floats("klDivergence", logProbabilities, target);
    Tensor zero = Tensor.scalar(0, target.dtype()).to(target.device());
    Tensor one = Tensor.scalar(1, target.dtype()).to(target.device());
    Tensor safe = Tensor.where(target.greater(zero), target, one);
    return over(target.mul(safe.log().sub(logProbabilities)), over);
  }

  private static Tensor difference(String what, Tensor x, Tensor target, Over over) {
    sameShape(what, x, target);
    if (over == Over.MEAN) {
      Inputs.floats(what, x, target);
    } else {
      Inputs.numbers(what, x, target);
    }
    return x.sub(target);
  }

  private static void sameShape(String what, Tensor x, Tensor target) {
    if (!x.shape().equals(target.shape())) {
      throw new IllegalArgumentException(
          what + " of " + x.signature() + " and " + target.signature() + "; give equal shapes");
    }
  }

  private static void positive(String what, String name, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(
          what + " with " + name + " " + value + "; it must be above 0");
    }
  }

  private static void checkClasses(String what, Tensor x, Tensor target) {
    boolean fits = x.rank() >= 2 && x.rank() == target.rank() + 1;
    for (int i = 0; fits && i < target.rank(); i++) {
      fits = target.size(i) == x.size(i == 0 ? 0 : i + 1);
    }
    Inputs.floats(what, x);
    if (!fits || target.dtype() != DType.INT64) {
      throw new IllegalArgumentException(
          what
              + " of "
              + x.signature()
              + " and "
              + target.signature()
              + "; it takes [n, classes, ...] and int64[n, ...]");
    }
  }
}

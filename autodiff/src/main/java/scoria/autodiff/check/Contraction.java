package scoria.autodiff.check;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import scoria.autodiff.grad.Gradient;
import scoria.engine.memory.Scope;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Shape;
import scoria.engine.tensor.Tensor;

/**
 * Numbers made from an operation, each the derivative of the one before along a direction.
 *
 * <p>The first is {@code f(x, w) = <w, op(x)>}, the next {@code <u, grad f>}, the next {@code <v,
 * grad <u, grad f>>}. They are functions of the inputs x and of the weights w, so that a gradient
 * is also differentiated in what it is multiplied by.
 */
final class Contraction {
  /**
   * Differences of fourth order with step h lose h^4/30 of the fifth derivative, here 1e-16 of it,
   * and some eps/h, 1e-12 of the value.
   */
  private static final double STEP = 0x1p-12;

  private final Subject subject;
  private final List<Integer> outputs = new ArrayList<>();
  private final List<Shape> shapes = new ArrayList<>();
  private final double[][] point;
  private final double[][][] directions = new double[3][][];
  private final boolean finite;

  Contraction(Subject subject) {
    this.subject = subject;
    SplittableRandom random = new SplittableRandom(7);
    List<double[]> values = new ArrayList<>();
    for (int i : subject.wrt()) {
      shapes.add(subject.inputs().get(i).shape());
      values.add(subject.inputs().get(i).values());
    }
    Tensor[] made = subject.body().apply(subject.tensors(DType.FLOAT64));
    boolean allFinite = true;
    for (int k = 0; k < made.length; k++) {
      if (made[k].dtype() == DType.FLOAT64) {
        outputs.add(k);
        shapes.add(made[k].shape());
        values.add(random(random, made[k].shape()));
        for (double v : made[k].toDoubles()) {
          allFinite &= Double.isFinite(v);
        }
      }
    }
    finite = allFinite;
    point = values.toArray(double[][]::new);
    for (int d = 0; d < directions.length; d++) {
      directions[d] = shapes.stream().map(s -> random(random, s)).toArray(double[][]::new);
    }
  }

  /** From -1 to 1, but not near 0. */
  private static double[] random(SplittableRandom random, Shape shape) {
    double[] out = new double[(int) shape.elements()];
    for (int i = 0; i < out.length; i++) {
      double size = random.nextDouble(0.5, 1);
      out[i] = random.nextBoolean() ? size : -size;
    }
    return out;
  }

  /** Whether there is anything to differentiate. */
  boolean hasDerivative() {
    return !outputs.isEmpty() && !subject.wrt().isEmpty();
  }

  /** Whether all outputs are finite, so that differences make sense. */
  boolean isFinite() {
    return finite;
  }

  /** Which outputs are of a float type. */
  List<Integer> outputs() {
    return outputs;
  }

  /** Shapes of the variables: the inputs that have a derivative, then weights of the outputs. */
  List<Shape> shapes() {
    return shapes;
  }

  /** How many variables are inputs. */
  int inputs() {
    return subject.wrt().size();
  }

  /** What a variable is called in messages. */
  String variable(int k) {
    return k < inputs()
        ? "input " + subject.wrt().get(k)
        : "the gradient of output " + outputs.get(k - inputs());
  }

  /** The variables at the point, each the beginning of a graph. */
  List<Tensor> tracked() {
    return moved(directions[0], 0).stream().map(Tensor::tracked).toList();
  }

  /** A fixed random direction of all variables. */
  double[][] direction(int number) {
    return directions[number];
  }

  /** A direction as tensors. */
  List<Tensor> tensors(double[][] direction) {
    List<Tensor> out = new ArrayList<>();
    for (int k = 0; k < direction.length; k++) {
      out.add(Tensor.of(direction[k]).reshape(shapes.get(k)));
    }
    return out;
  }

  private List<Tensor> moved(double[][] direction, double by) {
    double[][] to = new double[point.length][];
    for (int k = 0; k < point.length; k++) {
      to[k] = point[k].clone();
      for (int i = 0; i < to[k].length; i++) {
        to[k][i] += by * direction[k][i];
      }
    }
    return tensors(to);
  }

  /** The operation's outputs of a float type. */
  List<Tensor> apply(List<Tensor> variables) {
    Tensor[] inputs = subject.tensors(DType.FLOAT64);
    for (int i = 0; i < inputs(); i++) {
      inputs[subject.wrt().get(i)] = variables.get(i);
    }
    Tensor[] made = subject.body().apply(inputs);
    return outputs.stream().map(k -> made[k]).toList();
  }

  /**
   * The number of an order, from 1.
   *
   * @param variables tracked where the order is above 1
   */
  Tensor level(int order, List<Tensor> variables) {
    if (order == 1) {
      return inner(variables.subList(inputs(), variables.size()), apply(variables));
    }
    Tensor below = level(order - 1, variables);
    return inner(tensors(directions[order - 2]), Gradient.differentiable(below, variables));
  }

  /** The sum of the products of all elements. */
  static Tensor inner(List<Tensor> a, List<Tensor> b) {
    Tensor sum = Tensor.scalar(0, DType.FLOAT64);
    for (int k = 0; k < a.size(); k++) {
      sum = sum.add(a.get(k).mul(b.get(k)).sum());
    }
    return sum;
  }

  /** The derivative of an order's number along a direction, by central differences. */
  double difference(int order, double[][] direction) {
    double near = number(order, direction, STEP) - number(order, direction, -STEP);
    double far = number(order, direction, 2 * STEP) - number(order, direction, -2 * STEP);
    return (8 * near - far) / (12 * STEP);
  }

  private double number(int order, double[][] direction, double by) {
    try (Scope _ = Scope.open("finite differences")) {
      List<Tensor> variables = moved(direction, by);
      return level(order, order == 1 ? variables : variables.stream().map(Tensor::tracked).toList())
          .item();
    }
  }

  /** The direction of one element. */
  double[][] unit(int variable, int element) {
    double[][] out = new double[point.length][];
    for (int k = 0; k < out.length; k++) {
      out[k] = new double[point[k].length];
    }
    out[variable][element] = 1;
    return out;
  }
}

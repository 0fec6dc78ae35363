package scoria.autodiff.optim;

import java.util.ArrayList;
import java.util.List;
import scoria.autodiff.nn.Parameters;
import scoria.engine.exec.Execute;
import scoria.engine.exec.Feed;
import scoria.engine.op.Update;
import scoria.engine.tensor.Tensor;

/** What optimisers have in common: parameters, moments of the same shapes, and a count of steps. */
final class Slots {
  final Parameters parameters;
  final Parameters state;
  long steps;
  private final List<Tensor> outputs;

  /**
   * Makes moments of zeros.
   *
   * @param kinds names of the moments, in the order in which updates take them
   */
  Slots(Parameters parameters, String... kinds) {
    this.parameters = parameters;
    Parameters moments = Parameters.none();
    for (String kind : kinds) {
      moments = moments.and(parameters.map(Tensor::zerosLike).prefixed(kind));
    }
    this.state = moments;
    outputs = new ArrayList<>(parameters.tensors());
    outputs.addAll(moments.tensors());
  }

  /**
   * Takes a step.
   *
   * @param count how many numbers the update takes besides the gradients
   * @param numbers fills them and counts the step
   */
  void run(Update update, List<Tensor> gradients, int count, Feed.Doubles numbers) {
    if (gradients.size() != parameters.size()) {
      throw new IllegalArgumentException(
          gradients.size()
              + " gradients for "
              + parameters.size()
              + " parameters; one for each is needed");
    }
    for (int i = 0; i < gradients.size(); i++) {
      if (!gradients.get(i).signature().equals(parameters.tensors().get(i).signature())) {
        throw new IllegalArgumentException(
            "the gradient of '"
                + parameters.names().get(i)
                + "', "
                + parameters.tensors().get(i).signature()
                + ", is "
                + gradients.get(i).signature());
      }
    }
    List<Tensor> inputs = new ArrayList<>(gradients);
    inputs.add(Feed.float64(count, numbers));
    Execute.update(update, inputs, outputs);
  }

  void restore(Parameters saved, long count) {
    if (count < 0) {
      throw new IllegalArgumentException(
          "an optimiser of " + count + " steps; there are at least 0");
    }
    state.assign(saved);
    steps = count;
  }
}

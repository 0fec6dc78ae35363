package scoria.autodiff.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The operators that are not run, with the reason. */
final class LeftOut {
  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("Bernoulli", "its outputs are draws of numpy's generator"),
          Map.entry("RandomUniformLike", "its outputs are draws of numpy's generator"),
          Map.entry("Dropout", "its outputs in training are draws of numpy's generator"),
          Map.entry(
              "Adam",
              "the outputs of one of its two cases were computed with an epsilon of 0.01, which its"
                  + " node does not say"),
          Map.entry("StringNormalizer", "works on text, which tensors do not hold"),
          Map.entry("TfIdfVectorizer", "counts words of a text; no numerical operation"),
          Map.entry("NonMaxSuppression", "a greedy selection of boxes; no tensor operation"));

  private LeftOut() {}

  /** The operators of a list that are left out, with the reasons. */
  static List<Map.Entry<String, String>> among(Iterable<String> operators) {
    List<Map.Entry<String, String>> out = new ArrayList<>();
    for (String operator : operators) {
      String reason = REASONS.get(operator);
      if (reason != null) {
        out.add(Map.entry(operator, reason));
      }
    }
    return out;
  }
}

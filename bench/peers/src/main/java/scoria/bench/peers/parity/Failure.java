package scoria.bench.peers.parity;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * Where the sides differ.
 *
 * @param op the operation's name
 * @param pair the pair's
 * @param type float type that was compared
 * @param on what is bound, and the shapes
 * @param what which result, and how it differs
 */
@JsonPropertyOrder(alphabetic = false)
public record Failure(
    @JsonProperty("op") String op,
    @JsonProperty("pair") String pair,
    @JsonProperty("type") String type,
    @JsonProperty("on") String on,
    @JsonProperty("what") String what) {
  Failure(Pair pair, String type, String on, String what) {
    this(pair.op(), pair.name(), type, on, what);
  }

  String line() {
    return pair + ", " + type + " " + on + ": " + what;
  }
}

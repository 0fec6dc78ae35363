package scoria.bench.peers.parity;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;

/**
 * What a run came to.
 *
 * @param ops how many operations were compared
 * @param passed how many of them agreed in everything
 * @param failed where the sides differ, and what is missing from the lists
 * @param comparisons how many tensors were compared
 * @param withoutPeer by name, why libtorch has no such operation
 */
@JsonPropertyOrder(alphabetic = false)
public record Report(
    @JsonProperty("ops") int ops,
    @JsonProperty("passed") int passed,
    @JsonProperty("failed") List<Failure> failed,
    @JsonProperty("comparisons") int comparisons,
    @JsonProperty("without_peer") Map<String, String> withoutPeer) {}

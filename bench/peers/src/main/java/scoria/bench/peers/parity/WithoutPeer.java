package scoria.bench.peers.parity;

import java.util.Map;
import java.util.TreeMap;

/** What is in the engine's tables and not in libtorch, with the reason. */
final class WithoutPeer {
  private static final String STREAM =
      "its random numbers are those of a stream that libtorch does not have";

  /** Reasons by name. */
  static final Map<String, String> REASONS =
      new TreeMap<>(
          Map.of(
              "RandomOp", STREAM,
              "dropout", STREAM,
              "channelDropout", STREAM,
              "roiAlign", "it belongs to torchvision",
              "transfer", "it moves between devices; on one device it changes nothing",
              "AdamUpdate", "it changes in place and has no derivative",
              "MomentumUpdate", "it changes in place and has no derivative",
              "LerpUpdate", "it changes in place and has no derivative",
              "AssignUpdate", "it changes in place and has no derivative"));

  private WithoutPeer() {}
}

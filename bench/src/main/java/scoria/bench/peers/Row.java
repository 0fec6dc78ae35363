package scoria.bench.peers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * What a contest came to.
 *
 * @param ours Scoria's time at its best number of threads
 * @param peer the peer's at its own; null if it was not measured
 * @param unit of both
 * @param ratio {@code peer / ours}: above 1, Scoria is faster
 * @param must least ratio
 * @param goal ratio aimed at
 * @param percentOfLimit share of the peak of fused multiply-adds, of all threads that computed,
 *     that the step's matrix products alone make up
 * @param bytesPerStep bytes that one of our steps allocates on Java's heap, all threads together
 */
@JsonPropertyOrder(alphabetic = false)
public record Row(
    @JsonProperty("name") String name,
    @JsonProperty("ours") double ours,
    @JsonProperty("peer") @Nullable Double peer,
    @JsonProperty("unit") String unit,
    @JsonProperty("ratio") @Nullable Double ratio,
    @JsonProperty("must") double must,
    @JsonProperty("goal") double goal,
    @JsonProperty("percent_of_limit") double percentOfLimit,
    @JsonProperty("bytes_per_step") double bytesPerStep) {
  /**
   * The row of a contest.
   *
   * @param ours our best
   * @param peer the peer's best, if it took part
   * @param peak of one core, in GFLOP/s
   */
  static Row of(Contest contest, Standing ours, @Nullable Standing peer, double peak) {
    double seconds = ours.microseconds() / 1e6;
    return new Row(
        contest.name(),
        ours.microseconds(),
        peer == null ? null : peer.microseconds(),
        "us/step",
        peer == null ? null : peer.microseconds() / ours.microseconds(),
        contest.must(),
        contest.goal(),
        100 * contest.flops() / seconds / (peak * 1e9 * ours.entry().threads()),
        ours.bytes());
  }
}

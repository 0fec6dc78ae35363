package scoria.bench.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * All that the bits of a trained model depend on, besides the data themselves. The number of
 * threads is not among it.
 *
 * @param data name of the data set
 * @param model kind of network; {@code mlp} is a residual one
 * @param hidden its width
 * @param blocks its residual blocks
 * @param noise how data turn into noise
 * @param sigmaData deviation of the standardised data's coordinates
 * @param sigmaMin least noise level that samplers go to
 * @param sigmaMax greatest noise level, that samplers start from
 * @param logLevelMean mean of ln sigma in training, under {@link Noise#EDM}
 * @param logLevelStd deviation of ln sigma in training, under {@link Noise#EDM}
 * @param steps of the whole training
 * @param batch points a step
 * @param lr greatest learning rate of Adam; it rises for {@code warmUp} steps and falls along half
 *     a cosine to 0
 * @param warmUp steps of rising
 * @param clip greatest norm of a gradient
 * @param ema decay of the weights' average
 * @param seed of all chance
 */
public record Settings(
    @JsonProperty("data") String data,
    @JsonProperty("model") String model,
    @JsonProperty("hidden") int hidden,
    @JsonProperty("blocks") int blocks,
    @JsonProperty("noise") Noise noise,
    @JsonProperty("sigma_data") double sigmaData,
    @JsonProperty("sigma_min") double sigmaMin,
    @JsonProperty("sigma_max") double sigmaMax,
    @JsonProperty("log_level_mean") double logLevelMean,
    @JsonProperty("log_level_std") double logLevelStd,
    @JsonProperty("steps") long steps,
    @JsonProperty("batch") int batch,
    @JsonProperty("lr") double lr,
    @JsonProperty("warm_up") long warmUp,
    @JsonProperty("clip") double clip,
    @JsonProperty("ema") double ema,
    @JsonProperty("seed") long seed) {}

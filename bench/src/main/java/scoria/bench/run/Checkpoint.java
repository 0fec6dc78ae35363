package scoria.bench.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import scoria.autodiff.nn.Parameters;
import scoria.bench.data.Format;
import scoria.bench.data.Standardisation;
import scoria.engine.device.Device;
import scoria.engine.io.ArrayData;
import scoria.engine.io.FormatException;
import scoria.engine.io.SafetensorsFormat;
import scoria.engine.tensor.DType;
import scoria.engine.tensor.Tensor;

/**
 * All that training goes on from, as one safetensors file. The same state always gives the same
 * bytes: times, machines and devices are not in it.
 *
 * @param settings of the run
 * @param format what a point of the data is
 * @param step steps taken
 * @param place in the stream of random numbers that training draws from
 * @param tensors weights, their average, moments of the optimiser, standardisation, by name
 */
record Checkpoint(Settings settings, Format format, long step, long place, Parameters tensors) {
  static final String WEIGHTS = "weights";
  static final String BUFFERS = "buffers";
  static final String AVERAGE = "ema";
  static final String OPTIMISER = "adam";
  static final String MEAN = "standardisation.mean";
  static final String SCALE = "standardisation.scale";

  private static final String VERSION = "scoria run 1";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The map to the network's units that is kept with the weights. */
  Standardisation standardisation() {
    return new Standardisation(tensors.get(MEAN), tensors.get(SCALE));
  }

  /** Writes the file, whole or not at all. */
  void write(Path file) throws IOException {
    Map<String, ArrayData> arrays = new LinkedHashMap<>();
    Parameters host = tensors.map(tensor -> tensor.detach().to(Device.cpu()));
    host.toMap()
        .forEach(
            (name, tensor) ->
                arrays.put(
                    name,
                    new ArrayData(
                        tensor.dtype().element(), tensor.shape().toArray(), tensor.segment())));
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("format", VERSION);
    metadata.put("settings", MAPPER.writeValueAsString(settings));
    metadata.put("point", MAPPER.writeValueAsString(format));
    metadata.put("step", Long.toString(step));
    metadata.put("random_place", Long.toString(place));
    metadata.put("crc32c", checksum(arrays));
    SafetensorsFormat.write(file, arrays, metadata);
    Reference.reachabilityFence(host);
  }

  /**
   * Reads a file, to the current device.
   *
   * @throws FormatException if it is damaged or something else than a checkpoint
   */
  static Checkpoint read(Path file) throws IOException {
    try (Arena arena = Arena.ofShared()) {
      SafetensorsFormat.Contents contents = SafetensorsFormat.read(file, arena);
      Map<String, String> metadata = contents.metadata();
      if (!VERSION.equals(metadata.get("format"))) {
        throw new FormatException(
            file.toString(), "holds no run of Scoria: its metadata do not say '" + VERSION + "'");
      }
      if (!checksum(contents.arrays()).equals(metadata.get("crc32c"))) {
        throw new FormatException(
            file.toString(), "is damaged: the checksum of its arrays is not the one it was given");
      }
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      contents
          .arrays()
          .forEach(
              (name, array) ->
                  tensors.put(
                      name,
                      Tensor.wrap(array.data(), dtype(array), array.shape())
                          .copy()
                          .to(Device.current())));
      return new Checkpoint(
          parse(file, metadata, "settings", Settings.class),
          parse(file, metadata, "point", Format.class),
          parse(file, metadata, "step", Long.class),
          parse(file, metadata, "random_place", Long.class),
          Parameters.of(tensors));
    }
  }

  private static DType dtype(ArrayData array) {
    return Arrays.stream(DType.values())
        .filter(type -> type.element() == array.dtype())
        .findFirst()
        .orElseThrow();
  }

  private static <T> T parse(Path file, Map<String, String> metadata, String key, Class<T> type)
      throws IOException {
    try {
      T value = MAPPER.readValue(metadata.getOrDefault(key, "null"), type);
      if (value != null) {
        return value;
      }
    } catch (JsonProcessingException e) {
      throw new FormatException(file.toString(), "its metadata '" + key + "' are damaged", e);
    }
    throw new FormatException(file.toString(), "its metadata have no '" + key + "'");
  }

  /** Over names and bytes, in the order of names. */
  private static String checksum(Map<String, ArrayData> arrays) {
    CRC32C sum = new CRC32C();
    new TreeMap<>(arrays)
        .forEach(
            (name, array) -> {
              sum.update(name.getBytes(StandardCharsets.UTF_8));
              sum.update(array.data().asByteBuffer());
            });
    return String.format("%08x", sum.getValue());
  }
}

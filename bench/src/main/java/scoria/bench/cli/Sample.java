package scoria.bench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import scoria.bench.UserError;
import scoria.bench.data.DataSet;
import scoria.bench.data.DataSets;
import scoria.bench.run.Model;
import scoria.bench.run.Pictures;
import scoria.bench.run.RunFolder;
import scoria.bench.run.Sampler;
import scoria.engine.device.Device;
import scoria.engine.io.ArrayData;
import scoria.engine.io.NpyFormat;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;
import scoria.samplers.diagnose.EnergyDistance;

/** Draws from what was learned. */
@Command(
    name = "sample",
    description =
        "Draw new points from a run: samples.npy, and samples.png where they can be shown.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class Sample implements Callable<Integer> {
  /** Points that the distance to the data is measured with, at most. */
  private static final int COMPARED = 10_000;

  private static final int SAMPLE_STREAM = 4;
  private static final int DATA_STREAM = 5;
  private static final String NPY = "samples.npy";
  private static final String PNG = "samples.png";

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "The run folder.")
  private Path run = Path.of("");

  @Option(
      names = "--n",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many points (default: ${DEFAULT-VALUE}).")
  private int n;

  @Option(
      names = "--sampler",
      paramLabel = "NAME",
      defaultValue = "heun",
      description = "heun, euler-maruyama or langevin (default: ${DEFAULT-VALUE}).")
  private String samplerName = "heun";

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of the sampler (default: 32 for heun, else 500).")
  private @Nullable Integer steps;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to (default: RUN/samples-SAMPLER-seedK).")
  private @Nullable Path out;

  @Mixin private CommonOptions common;

  Sample() {}

  @Override
  public Integer call() throws IOException {
    TrainOptions.atLeast("--n", n, 1);
    TrainOptions.atLeast("--steps", steps, 1);
    Sampler sampler = sampler(samplerName);
    common.apply();
    RunFolder folder = RunFolder.open(run);
    Model model = folder.model();
    long seed = common.seed == null ? 0 : common.seed;
    Path place = out == null ? run.resolve("samples-" + sampler + "-seed" + seed) : out;
    for (String name : new String[] {NPY, PNG}) {
      if (Files.exists(place.resolve(name))) {
        throw new UserError(place + " already holds " + name + "; name another folder by --out");
      }
    }
    if (Files.exists(place) && !Files.isDirectory(place)) {
      throw new UserError(place + " is a file; --out takes a folder");
    }

    int count = steps == null ? sampler.defaultSteps() : steps;
    long begun = System.nanoTime();
    Tensor samples = sampler.sample(model, n, count, Rng.of(seed).stream(SAMPLE_STREAM));
    double seconds = (System.nanoTime() - begun) * 1e-9;
    Files.createDirectories(place);
    Tensor host = samples.contiguous().to(Device.cpu());
    NpyFormat.write(
        place.resolve(NPY),
        new ArrayData(host.dtype().element(), model.format().sizes(n), host.segment()));
    Reference.reachabilityFence(host);
    Optional<DataSet> data = data(model);
    Rng dataRng = Rng.of(seed).stream(DATA_STREAM);
    boolean shown =
        Pictures.samples(
            place.resolve(PNG),
            model.format(),
            samples,
            data.map(set -> Pictures.backdrop(set, dataRng)).orElse(new float[0]));

    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("n", n);
    figures.put("sampler", sampler.toString());
    figures.put("steps", count);
    figures.put("seed", seed);
    figures.put("device", Device.current().name());
    figures.put("seconds", seconds);
    figures.put("path", place.resolve(NPY).toString());
    PrintWriter text = spec.commandLine().getOut();
    text.printf(
        Locale.ROOT,
        "%d samples by %s in %.2f s: %s%s%n",
        n,
        sampler,
        seconds,
        place.resolve(NPY),
        shown ? " and " + PNG : "");
    if (data.isPresent() && n > 1) {
      double distance = distance(samples, data.get(), dataRng);
      figures.put("energy_distance", distance);
      text.printf(Locale.ROOT, "squared energy distance to the data: %.5f (unbiased)%n", distance);
    }
    if (common.json) {
      JsonLine.print(text, figures);
    }
    return 0;
  }

  private static Sampler sampler(String name) {
    for (Sampler sampler : Sampler.values()) {
      if (sampler.toString().equals(name)) {
        return sampler;
      }
    }
    throw new UserError(
        "there is no sampler '" + name + "'; there are heun, euler-maruyama and langevin");
  }

  /** The data that the run was trained on, where they are still there. */
  private static Optional<DataSet> data(Model model) {
    try {
      DataSet data = DataSets.of(model.settings().data());
      return data.format().shape().equals(model.format().shape())
          ? Optional.of(data)
          : Optional.empty();
    } catch (UserError e) {
      return Optional.empty();
    }
  }

  private double distance(Tensor samples, DataSet data, Rng rng) {
    Tensor points = data.show(COMPARED, rng);
    if (points.size(0) < 2) {
      return Double.NaN;
    }
    return EnergyDistance.unbiased(samples.narrow(0, 0, Math.min(n, COMPARED)), points);
  }
}

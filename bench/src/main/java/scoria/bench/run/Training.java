package scoria.bench.run;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import scoria.bench.UserError;
import scoria.bench.data.DataSet;
import scoria.bench.machine.Machine;
import scoria.engine.device.Cuda;
import scoria.engine.device.Device;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/**
 * A session of training in a run folder: from a beginning or a checkpoint to the next or the end.
 */
public final class Training {
  /** Lines of metrics that a whole training leaves. */
  private static final int ROWS = 1000;

  /** Streams of a seed for what is only looked at. */
  private static final int PICTURE_STREAM = 2;

  private static final int BACKDROP_STREAM = 3;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final DataSet data;
  private final RunFolder folder;
  private final Trainer trainer;
  private final Settings settings;
  private final String version;
  private final long first;
  private double earlierSeconds;

  private Training(DataSet data, RunFolder folder, Trainer trainer, String version) {
    this.data = data;
    this.folder = folder;
    this.trainer = trainer;
    this.settings = trainer.checkpoint().settings();
    this.version = version;
    this.first = trainer.step();
  }

  /**
   * How a session ended.
   *
   * @param done whether all steps are taken; if not, it was asked to stop
   * @param loss mean of the last tenth
   * @param seconds of this session
   * @param stepsPerSecond of this session
   * @param figures these and more, by name
   */
  public record Outcome(
      boolean done,
      double loss,
      double seconds,
      double stepsPerSecond,
      Map<String, Object> figures) {}

  /** Training that could not go on. */
  public static final class Diverged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Diverged(String message) {
      super(message);
    }
  }

  /** Begins a run in a new folder. */
  public static Training begin(DataSet data, Settings settings, RunFolder folder, String version)
      throws IOException {
    Training training = new Training(data, folder, Trainer.begin(data, settings), version);
    folder.save(training.trainer.checkpoint());
    training.describe(Map.of());
    return training;
  }

  /**
   * The settings of a run that has begun.
   *
   * @throws scoria.engine.io.FormatException if its checkpoint is damaged
   */
  public static Settings settings(RunFolder folder) throws IOException {
    return folder.checkpoint().settings();
  }

  /**
   * Goes on with a run.
   *
   * @throws UserError if the data set has changed its shape, or the checkpoint is damaged
   */
  public static Training resume(DataSet data, RunFolder folder, String version) throws IOException {
    Checkpoint checkpoint = folder.checkpoint();
    if (!checkpoint.format().shape().equals(data.format().shape())) {
      throw new UserError(
          data.source()
              + " has points of shape "
              + data.format().shape()
              + " and the run was trained on "
              + checkpoint.format().shape());
    }
    try {
      return new Training(data, folder, Trainer.resume(data, checkpoint), version);
    } catch (IllegalArgumentException e) {
      throw new UserError(folder.file(RunFolder.MODEL) + " is damaged: " + e.getMessage(), e);
    }
  }

  /** Steps taken. */
  public long step() {
    return trainer.step();
  }

  /**
   * Takes the steps that are left, or as many as there is time for.
   *
   * @param checkpointEvery steps between checkpoints; there is one more at the end
   * @param stop asked after every step
   * @throws Diverged if the loss is not finite; the last checkpoint stays
   */
  public Outcome run(long checkpointEvery, Progress progress, BooleanSupplier stop)
      throws IOException {
    folder.clearParts();
    long begun = System.nanoTime();
    long rowEvery = Math.max(1, settings.steps() / ROWS);
    double sum = 0;
    int count = 0;
    double shown = Double.NaN;
    try (Metrics metrics = Metrics.open(folder.file(RunFolder.METRICS), first)) {
      List<Metrics.Row> before = Metrics.read(folder.file(RunFolder.METRICS));
      earlierSeconds = before.isEmpty() ? 0 : before.getLast().seconds();
      while (!trainer.isDone() && !stop.getAsBoolean()) {
        double rate = trainer.learningRate();
        double loss = trainer.next();
        if (!Double.isFinite(loss)) {
          throw new Diverged(
              "the loss became "
                  + loss
                  + " at step "
                  + (trainer.step() + 1)
                  + "; a smaller --lr or --clip may help");
        }
        sum += loss;
        count++;
        shown = Double.isNaN(shown) ? loss : shown + (loss - shown) / Math.min(trainer.step(), 50);
        if (trainer.step() % rowEvery == 0 || trainer.isDone()) {
          metrics.add(new Metrics.Row(trainer.step(), sum / count, rate, seconds(begun)));
          sum = 0;
          count = 0;
        }
        if (trainer.step() % checkpointEvery == 0 && !trainer.isDone()) {
          folder.save(trainer.checkpoint());
        }
        progress.at(trainer.step(), shown);
      }
      folder.save(trainer.checkpoint());
    }
    double seconds = (System.nanoTime() - begun) * 1e-9;
    double loss = lastLoss();
    double speed = (trainer.step() - first) / Math.max(seconds, 1e-9);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("data", settings.data());
    figures.put("seed", settings.seed());
    figures.put("steps", trainer.step());
    figures.put("loss", loss);
    figures.put("seconds", seconds);
    figures.put("steps_per_second", speed);
    figures.put("parameters", trainer.parameterCount());
    figures.put("device", Device.current().name());
    figures.put("threads", Device.cpu().threads());
    figures.put("done", trainer.isDone());
    figures.put("out", folder.path().toString());
    describe(figures);
    return new Outcome(trainer.isDone(), loss, seconds, speed, figures);
  }

  /** Mean of the last tenth of the metrics. */
  private double lastLoss() throws IOException {
    List<Metrics.Row> rows = Metrics.read(folder.file(RunFolder.METRICS));
    return rows.subList(rows.size() - Math.ceilDiv(rows.size(), 10), rows.size()).stream()
        .mapToDouble(Metrics.Row::loss)
        .average()
        .orElse(Double.NaN);
  }

  private double seconds(long begun) {
    return earlierSeconds + (System.nanoTime() - begun) * 1e-9;
  }

  /** Makes pictures and the report. */
  public void show(Map<String, Object> figures) throws IOException {
    Model model = folder.model();
    List<Metrics.Row> rows = Metrics.read(folder.file(RunFolder.METRICS));
    if (!rows.isEmpty()) {
      Pictures.loss(folder.file("loss.png"), rows);
    }
    int count = Pictures.shown(model.format());
    if (count > 0) {
      float[] backdrop = Pictures.backdrop(data, Rng.of(settings.seed()).stream(BACKDROP_STREAM));
      Tensor samples =
          Sampler.HEUN.sample(
              model,
              count,
              Sampler.HEUN.defaultSteps(),
              Rng.of(settings.seed()).stream(PICTURE_STREAM));
      Pictures.samples(folder.file("samples.png"), model.format(), samples, backdrop);
      if (!model.format().isImage()) {
        Pictures.field(folder.file("field.png"), model, backdrop);
      }
    }
    Report.write(folder, settingsMap(), figures);
  }

  private Map<String, Object> settingsMap() {
    return MAPPER.convertValue(settings, new TypeReference<LinkedHashMap<String, Object>>() {});
  }

  private void describe(Map<String, ?> figures) throws IOException {
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("scoria", version);
    run.put("settings", settingsMap());
    run.put("source", data.source());
    run.put("point", data.format());
    run.put("device", Device.current().name());
    if (Device.current() instanceof Cuda cuda) {
      run.put("gpu", cuda.gpu());
    }
    run.put("threads", Device.cpu().threads());
    run.put("machine", Machine.here());
    run.put("written", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    run.put("figures", figures);
    folder.json("run.json", run);
  }
}

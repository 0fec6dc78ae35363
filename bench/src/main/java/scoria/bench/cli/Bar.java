package scoria.bench.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;
import scoria.bench.run.Progress;

/** How far training is: a bar on a terminal, a plain line now and then elsewhere. */
final class Bar {
  private Bar() {}

  /**
   * @param text where plain lines go
   * @param first steps taken before
   * @param last steps of the whole training
   */
  static Progress of(PrintWriter text, long first, long last) {
    Console console = System.console();
    return console != null && console.isTerminal()
        ? new OnTerminal(first, last)
        : new Plain(text, first, last);
  }

  private static String loss(double loss) {
    return String.format(Locale.ROOT, "loss %.4f", loss);
  }

  private static final class OnTerminal implements Progress {
    private final ProgressBar bar;

    OnTerminal(long first, long last) {
      bar =
          ProgressBar.builder()
              .setTaskName("train")
              .setInitialMax(last)
              .startsFrom(first, Duration.ZERO)
              .setUpdateIntervalMillis(250)
              .setStyle(ProgressBarStyle.ASCII)
              .showSpeed()
              .setConsumer(new ConsoleProgressBarConsumer(System.err))
              .build();
    }

    @Override
    public void at(long step, double loss) {
      bar.stepTo(step);
      if (step % 20 == 0) {
        bar.setExtraMessage(loss(loss));
      }
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  private static final class Plain implements Progress {
    private static final int LINES = 10;

    private final PrintWriter text;
    private final long first;
    private final long last;
    private final long every;
    private final long begun = System.nanoTime();

    Plain(PrintWriter text, long first, long last) {
      this.text = text;
      this.first = first;
      this.last = last;
      this.every = Math.max(1, last / LINES);
    }

    @Override
    public void at(long step, double loss) {
      if (step % every == 0) {
        double speed = (step - first) / Math.max((System.nanoTime() - begun) * 1e-9, 1e-9);
        text.printf(
            Locale.ROOT,
            "step %d of %d: %s, %.0f steps/s, %.0f s left%n",
            step,
            last,
            loss(loss),
            speed,
            (last - step) / speed);
        text.flush();
      }
    }

    @Override
    public void close() {}
  }
}

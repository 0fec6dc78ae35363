package scoria.bench.peers;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import scoria.bench.micro.FmaPeak;

/**
 * What a process of one side does: it reads a request a line and answers each by a line of numbers
 * behind {@link #ANSWER}. Between requests it waits for input and leaves the machine to the others.
 */
public final class Server {
  /** Begins an answer; whatever else is printed, by a library say, is none. */
  static final String ANSWER = "= ";

  /**
   * Followed by a time in milliseconds and a number of steps: runs until both are reached, or for
   * half a minute, and answers the number of steps.
   */
  static final String WARM = "warm";

  /** Followed by a time in milliseconds: answers microseconds a step, median, and bytes a step. */
  static final String ROUND = "round";

  /** Answers the results to be compared. */
  static final String CHECK = "check";

  /** Answers the peak of one core in GFLOP/s. */
  static final String PEAK = "peak";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int MOST_STEPS = 1 << 20;
  private static final long WARM_SLICE = 100;

  /** Milliseconds that a side may take to warm up; it is slow for other reasons then. */
  private static final long LONGEST = 30_000;

  private final Contender contender;
  private final double[] microseconds = new double[MOST_STEPS];

  private Server(Contender contender) {
    this.contender = contender;
  }

  /** Answers requests until the input ends. */
  public static void serve(Contender contender) {
    Server server = new Server(contender);
    PrintStream out = System.out;
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.println(
            ANSWER
                + Arrays.stream(server.answer(line.split(" ", -1)))
                    .mapToObj(String::valueOf)
                    .collect(Collectors.joining(" ")));
        out.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private double[] answer(String[] request) {
    return switch (request[0]) {
      case CHECK -> contender.check();
      case WARM -> new double[] {warm(Long.parseLong(request[1]), Long.parseLong(request[2]))};
      case ROUND -> round(Long.parseLong(request[1]));
      case PEAK -> new double[] {FmaPeak.float32()};
      default -> throw new IllegalArgumentException("no request " + request[0]);
    };
  }

  private long warm(long milliseconds, long leastSteps) {
    long start = System.nanoTime();
    long spent = 0;
    long steps = 0;
    while (spent < milliseconds || (steps < leastSteps && spent < LONGEST)) {
      steps += steps(WARM_SLICE);
      spent = (System.nanoTime() - start) / 1_000_000;
    }
    return steps;
  }

  private double[] round(long milliseconds) {
    long before = THREADS.getTotalThreadAllocatedBytes();
    int steps = steps(milliseconds);
    long bytes = THREADS.getTotalThreadAllocatedBytes() - before;
    double[] sorted = Arrays.copyOf(microseconds, steps);
    Arrays.sort(sorted);
    return new double[] {Match.median(sorted), (double) bytes / steps};
  }

  private int steps(long milliseconds) {
    long start = System.nanoTime();
    long last = start;
    int steps = 0;
    while (last - start < milliseconds * 1_000_000 && steps < MOST_STEPS) {
      contender.step();
      long now = System.nanoTime();
      microseconds[steps++] = (now - last) / 1e3;
      last = now;
    }
    return steps;
  }
}

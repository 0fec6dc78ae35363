package scoria.bench.micro;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Matrix products with every choice of transposed factors. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GemmFormsBenchmark extends Product {
  /** MxKxN. */
  @Param({"512x128x128"})
  public String shape;

  /** Which of A and B are stored transposed: n or t for each. */
  @Param({"nn", "nt", "tn", "tt"})
  public String form;

  @Override
  String shape() {
    return shape;
  }

  @Override
  String form() {
    return form;
  }
}

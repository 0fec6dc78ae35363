package scoria.bench.micro;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Matrix products of several shapes, neither factor transposed. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GemmBenchmark extends Product {
  /** MxKxN. */
  @Param({
    "1024x1024x1024",
    "256x256x256",
    "512x128x128",
    "512x2x128",
    "512x128x2",
    "128x512x128",
    "1x128x128"
  })
  public String shape;

  @Override
  String shape() {
    return shape;
  }

  @Override
  String form() {
    return "nn";
  }
}

package scoria.bench.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorTest {
  private static final Processor FALLBACK = new Processor("riscv64", 3);

  @Test
  void hyperthreadsOfACoreCountOnce() {
    String text =
        """
        processor : 0
        model name : Some Processor @ 2.60GHz
        physical id : 0
        core id : 0

        processor : 1
        model name : Some Processor @ 2.60GHz
        physical id : 0
        core id : 0

        processor : 2
        model name : Some Processor @ 2.60GHz
        physical id : 1
        core id : 0
        """;
    assertEquals(
        new Processor("Some Processor @ 2.60GHz", 2),
        Processor.parse(text.lines().toList(), FALLBACK));
  }

  @Test
  void whatTheSystemDoesNotSayIsTheFallback() {
    assertEquals(
        FALLBACK, Processor.parse(List.of("processor : 0", "BogoMIPS : 50.00", ""), FALLBACK));
  }
}

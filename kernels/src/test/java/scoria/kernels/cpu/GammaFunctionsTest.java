package scoria.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gamma family at negative numbers, near zeros and at poles; values by mpmath at 300 bits. */
class GammaFunctionsTest {
  @ParameterizedTest
  @CsvSource({
    "-0.5, 1.265512123484645396488946, 0.03648997397857652055902367",
    "-1.5, 0.8600470153764810145109327, 0.7031566406452431872256903",
    "-2.4570247382208006, 5.619192358950096450912569e-17, 1.515603448021657681887492",
    "-0.1, 2.368961332728788603886243, 9.245073050052948042329863",
    "-3.7, -1.379739904965824496043779, -0.8450768588704193546155122",
    "-10.25, -14.20399790093109065161117, 5.516858419886273305325089",
    "-100.5, -364.9009683094273518227566, 4.615124601338064117341316",
    "-1e-05, 11.51293123720912445764673, 99999.42276788562941157909",
    "-20.000001, -28.5201089243395421101593, 1000003.019492794759211609"
  })
  void negativeNumbers(double x, double lgamma, double digamma) {
    assertEquals(lgamma, GammaFunctions.lgamma(x), 4e-16 * Math.max(1, Math.abs(lgamma)));
    assertEquals(digamma, GammaFunctions.digamma(x), 4e-16 * Math.max(1, Math.abs(digamma)));
  }

  @Test
  void nearTheZeroOfDigamma() {
    assertEquals(-9.2412655217294275168e-17, GammaFunctions.digamma(1.4616321449683622), 1e-18);
  }

  @Test
  void poles() {
    assertEquals(Double.POSITIVE_INFINITY, GammaFunctions.lgamma(-3));
    assertEquals(Double.NaN, GammaFunctions.digamma(-3));
    assertEquals(Double.NEGATIVE_INFINITY, GammaFunctions.digamma(0.0));
    assertEquals(Double.POSITIVE_INFINITY, GammaFunctions.polygamma(0, 1));
    assertEquals(Double.POSITIVE_INFINITY, GammaFunctions.polygamma(-2, 3));
    assertEquals(Double.NaN, GammaFunctions.polygamma(-2, 2));
    assertEquals(0, GammaFunctions.lgamma(1));
    assertEquals(0, GammaFunctions.lgamma(2));
    assertEquals(Double.POSITIVE_INFINITY, GammaFunctions.lgamma(3e305));
    assertEquals(0.0, GammaFunctions.polygamma(Double.POSITIVE_INFINITY, 1));
  }
}

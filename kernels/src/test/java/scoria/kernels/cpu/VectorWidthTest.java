package scoria.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The builds at 128 and 256 bits do run at that width: else the tests in them show nothing. */
class VectorWidthTest {
  @Test
  @Tag("width")
  void vectorsAreAsWideAsTheBuildSays() {
    int bits = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    int wanted = Integer.getInteger("scoria.test.bits", bits);
    if (wanted == 128) {
      assertEquals(128, bits);
    } else {
      // A machine may have nothing wider than 128 bits.
      assertTrue(bits <= wanted, "vectors of " + bits + " bits where at most " + wanted + " were");
    }
  }
}

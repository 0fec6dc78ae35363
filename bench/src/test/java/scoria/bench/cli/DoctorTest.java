package scoria.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import scoria.kernels.cuda.CudaDriver;

class DoctorTest {
  @Test
  void saysWhatItFound() {
    Run run = Run.of("doctor");
    assertEquals(0, run.status(), run.toString());
    String text = String.join("\n", run.out());
    assertTrue(text.contains(Runtime.version().toString()), text);
    assertTrue(text.contains(FloatVector.SPECIES_PREFERRED.vectorBitSize() + " bits"), text);
    String cuda =
        switch (CudaDriver.probe()) {
          case CudaDriver.Missing missing -> "none: " + missing.reason();
          case CudaDriver.Found gpu -> gpu.device();
        };
    assertTrue(text.contains(cuda), text);
  }

  @Test
  void jsonIsTheLastLine() throws IOException {
    Run run = Run.of("doctor", "--json");
    assertEquals(0, run.status(), run.toString());
    JsonNode findings = new ObjectMapper().readTree(run.out().getLast());
    assertEquals(Runtime.version().toString(), findings.get("jdk").asText());
    assertEquals(
        FloatVector.SPECIES_PREFERRED.vectorBitSize(), findings.get("vector_bits").asInt());
    assertEquals(Runtime.getRuntime().availableProcessors(), findings.get("threads").asInt());
    assertTrue(findings.get("memory_bytes").asLong() >= findings.get("heap_bytes").asLong());
    assertFalse(findings.get("cpu").asText().isBlank());
    boolean isThere = CudaDriver.probe() instanceof CudaDriver.Found;
    assertEquals(isThere, findings.get("cuda").asBoolean());
    assertEquals(!isThere, findings.get("cuda_reason").isTextual());
  }
}

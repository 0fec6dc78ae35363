package scoria.kernels.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class VectorModuleTest {
  @Test
  void presentInThisJvm() {
    VectorModule.require();
  }

  @Test
  void missingNamesTheFlagInOneLine() {
    LinkageError error =
        assertThrows(LinkageError.class, () -> VectorModule.require(ModuleLayer.empty()));
    String message = String.valueOf(error.getMessage());
    assertTrue(message.contains("--add-modules jdk.incubator.vector"), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void errorLeavesAStaticInitialiserUnwrapped() {
    LinkageError error = assertThrows(LinkageError.class, NeedsVectors::touch);
    assertTrue(String.valueOf(error.getMessage()).contains("--add-modules"), error.toString());
  }

  private static final class NeedsVectors {
    static {
      VectorModule.require(ModuleLayer.empty());
    }

    static void touch() {}
  }
}

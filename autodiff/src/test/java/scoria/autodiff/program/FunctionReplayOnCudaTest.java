package scoria.autodiff.program;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import scoria.engine.device.Device;

/** The same on the GPU. */
@Tag("cuda")
class FunctionReplayOnCudaTest extends FunctionReplayTest {
  @BeforeAll
  static void there() {
    Device.cuda().makeDefault();
  }

  @AfterAll
  static void back() {
    Device.cpu().makeDefault();
  }
}

package scoria.engine.exec;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import scoria.engine.device.Device;

/** Runs the tests of a class with tensors of the GPU. */
public final class OnCuda implements BeforeAllCallback, AfterAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) {
    Device.cuda().makeDefault();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Device.cpu().makeDefault();
  }
}

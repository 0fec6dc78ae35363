package scoria.engine.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import scoria.engine.device.Device;
import scoria.engine.tensor.Tensor;

/** Where tensors are made. */
class DeviceTest {
  @Test
  void theProcessorIsTheDefault() {
    assertSame(Device.cpu(), Device.current());
    assertSame(Device.cpu(), Tensor.zeros(2).device());
    assertSame(Device.cpu(), Tensor.of(new float[] {1, 2}).device());
    Tensor x = Tensor.ones(2);
    assertSame(x, x.to(Device.cpu()));
  }

  @Test
  void aUseIsOverOnceAndForItsThreadAlone() throws InterruptedException {
    Device.Use use = Device.cpu().use();
    IllegalStateException[] thrown = new IllegalStateException[1];
    Thread other =
        new Thread(() -> thrown[0] = assertThrows(IllegalStateException.class, use::close));
    other.start();
    other.join();
    assertEquals(
        "the use of a device was begun by thread "
            + Thread.currentThread().getName()
            + " and cannot be ended by "
            + other.getName(),
        thrown[0].getMessage());
    use.close();
    use.close();
    assertSame(Device.cpu(), Device.current());
  }
}

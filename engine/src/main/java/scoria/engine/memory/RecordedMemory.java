package scoria.engine.memory;

import java.lang.foreign.MemorySegment;
import scoria.engine.device.Device;

/**
 * Stands for a block of a program that is being recorded. It has no contents: what is computed
 * while a program is recorded is noted and not done.
 */
public final class RecordedMemory extends Memory {
  private final Device device;

  /**
   * A block to come.
   *
   * @param device where it will be
   * @param bytes size, at least 0
   * @param maker the operation that it is for
   */
  public RecordedMemory(Device device, long bytes, String maker) {
    super(bytes, maker);
    this.device = device;
  }

  /** What is thrown where somebody wants to see the contents. */
  public IllegalStateException unread() {
    return new IllegalStateException(
        "the value of a tensor made by '"
            + maker()
            + "' was asked for while a program is recorded, when nothing is computed yet; make it an"
            + " output of the program and read it after a run");
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public void write(MemorySegment from, long at) {
    throw unread();
  }

  @Override
  public void read(long at, MemorySegment into) {
    throw unread();
  }

  @Override
  void leaveToCollector() {}

  @Override
  void release() {}
}

package scoria.engine.device;

import org.jspecify.annotations.Nullable;

/** What {@link Device#current} goes by. */
final class CurrentDevice {
  /** The device that a thread uses for a stretch of work. */
  static final ThreadLocal<@Nullable Device> USED = new ThreadLocal<>();

  static volatile Device standard = Cpu.INSTANCE;

  private CurrentDevice() {}
}

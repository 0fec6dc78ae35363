package scoria.engine.memory;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scoria.engine.op.Call;
import scoria.engine.tensor.Origin;
import scoria.engine.tensor.Tensor;

/**
 * A stretch of work whose tensors end together.
 *
 * <pre>{@code
 * try (Scope scope = Scope.open()) {
 *   Tensor loss = ...;
 *   return scope.keep(loss);
 * }
 * }</pre>
 *
 * <p>A tensor made while a scope is open in the same thread ends when the scope closes, unless it
 * is kept. Outside of any scope the collector ends tensors. Using a tensor past its end throws.
 *
 * <p>A scope belongs to the thread that opened it; scopes close in the reverse order of opening.
 * Tensors may be read by any thread, but one made in a scope must not be used by another thread
 * past the scope's end.
 */
public final class Scope implements AutoCloseable {
  private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

  private final Thread owner = Thread.currentThread();
  private final @Nullable Scope parent;
  private final String name;
  private final long calls = Call.count();
  private final List<Memory> memories = new ArrayList<>();
  private boolean closed;

  private Scope(@Nullable Scope parent, String name) {
    this.parent = parent;
    this.name = name;
  }

  /** Opens a scope in this thread, inside of the one that is open now. */
  public static Scope open() {
    return open("unnamed");
  }

  /** Opens a scope with a name, which messages about its tensors give. */
  public static Scope open(String name) {
    Scope scope = new Scope(CURRENT.get(), name);
    CURRENT.set(scope);
    return scope;
  }

  static @Nullable Scope current() {
    return CURRENT.get();
  }

  void add(Memory memory) {
    memories.add(memory);
  }

  /**
   * Hands a tensor of this scope, or of one opened inside of it, to the surrounding scope, or to
   * the collector where there is none. The tensor forgets the calls made since the scope was
   * opened, since they end here. A tensor from before, or over memory of somebody else's, stays as
   * it is.
   *
   * @return the same tensor
   * @throws IllegalStateException if the scope is closed or belongs to another thread, or if the
   *     tensor has ended
   */
  public Tensor keep(Tensor tensor) {
    check("keep");
    Memory memory = tensor.memory();
    memory.check();
    Origin origin = tensor.origin();
    if (origin != null && origin.call().number() > calls) {
      tensor.forgetOrigin();
    }
    Scope scope = CURRENT.get();
    while (scope != null && !scope.remove(memory)) {
      scope = scope == this ? null : scope.parent;
    }
    if (scope != null) {
      if (parent == null) {
        memory.leaveToCollector();
      } else {
        parent.add(memory);
      }
    }
    return tensor;
  }

  private boolean remove(Memory memory) {
    // Newest first: what is kept was usually made last.
    for (int i = memories.size() - 1; i >= 0; i--) {
      if (memories.get(i) == memory) {
        memories.remove(i);
        return true;
      }
    }
    return false;
  }

  /** Ends all tensors made in this scope and not kept. A second call does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    check("close");
    if (CURRENT.get() != this) {
      throw new IllegalStateException(
          "scope '"
              + name
              + "' was closed before one opened inside of it; close scopes in reverse order");
    }
    closed = true;
    if (parent == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(parent);
    }
    String end = "its scope '" + name + "'";
    for (Memory memory : memories) {
      memory.end(end);
    }
    memories.clear();
  }

  private void check(String what) {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "cannot "
              + what
              + " in scope '"
              + name
              + "' from thread "
              + Thread.currentThread().getName()
              + ": it belongs to "
              + owner.getName());
    }
    if (closed) {
      throw new IllegalStateException("cannot " + what + " in scope '" + name + "': it is closed");
    }
  }
}

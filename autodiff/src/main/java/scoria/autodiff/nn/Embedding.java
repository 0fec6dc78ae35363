package scoria.autodiff.nn;

/** A layer that turns one number into a vector of waves of it: [n] to [n, size]. */
public interface Embedding extends Layer {
  /** Number of features. */
  long size();
}

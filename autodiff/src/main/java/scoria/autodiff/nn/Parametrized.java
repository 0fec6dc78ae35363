package scoria.autodiff.nn;

/** What has tensors that are trained. */
public interface Parametrized {
  /** The tensors that are trained: tracked, dense, always the same ones under the same names. */
  Parameters parameters();

  /** The tensors that are drawn once and stay as they are, but belong to what is saved. */
  default Parameters buffers() {
    return Parameters.none();
  }

  /** All that is to be saved: parameters, then buffers. */
  default Parameters saved() {
    return parameters().and(buffers());
  }
}

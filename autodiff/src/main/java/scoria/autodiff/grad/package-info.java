/** Derivatives: backwards, forwards, and both together. */
@NullMarked
package scoria.autodiff.grad;

import org.jspecify.annotations.NullMarked;

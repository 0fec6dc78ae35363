/**
 * Optimisers: {@link scoria.autodiff.optim.Optimizer} and what goes with it. Parameters are changed
 * in place, so a gradient must be taken before the step that uses it.
 */
@NullMarked
package scoria.autodiff.optim;

import org.jspecify.annotations.NullMarked;

/**
 * Checks of operations, the engine's and one's own: {@link scoria.autodiff.check.OpCheck} holds an
 * operation against its meaning, and its derivatives of three orders against finite differences.
 */
@NullMarked
package scoria.autodiff.check;

import org.jspecify.annotations.NullMarked;

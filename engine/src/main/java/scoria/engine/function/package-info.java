/**
 * Functions composed of operations. They have no kernels and no rules of their own: what they are
 * made of has both, so they run on every device and have derivatives of every order.
 */
@NullMarked
package scoria.engine.function;

import org.jspecify.annotations.NullMarked;

/** The operations, each declared in one place: shape rule, meaning, derivatives, test points. */
@NullMarked
package scoria.engine.op;

import org.jspecify.annotations.NullMarked;

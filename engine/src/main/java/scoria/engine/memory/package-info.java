/** Blocks of memory, the pool they come from, and the scopes that end them. */
@NullMarked
package scoria.engine.memory;

import org.jspecify.annotations.NullMarked;

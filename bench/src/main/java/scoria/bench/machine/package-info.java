/** The machine a figure was measured on. */
@NullMarked
package scoria.bench.machine;

import org.jspecify.annotations.NullMarked;

/** Data to learn from: sets that are made up, shipped, or read from files. */
@NullMarked
package scoria.bench.data;

import org.jspecify.annotations.NullMarked;

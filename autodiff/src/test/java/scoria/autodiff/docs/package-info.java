/** The documents that are generated from the tables of operations, and what these must have. */
@NullMarked
package scoria.autodiff.docs;

import org.jspecify.annotations.NullMarked;

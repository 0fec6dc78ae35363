/** Tensors: a type, a layout, memory, and the memory of where they came from. */
@NullMarked
package scoria.engine.tensor;

import org.jspecify.annotations.NullMarked;

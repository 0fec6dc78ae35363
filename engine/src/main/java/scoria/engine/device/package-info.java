/** What runs operations. */
@NullMarked
package scoria.engine.device;

import org.jspecify.annotations.NullMarked;

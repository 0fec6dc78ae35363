/** Pictures: of a loss, of points, of a field, of images. None of them needs a screen. */
@NullMarked
package scoria.bench.plot;

import org.jspecify.annotations.NullMarked;

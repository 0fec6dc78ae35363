/**
 * Arrays in files: NumPy's {@code .npy} and {@code .npz}, and safetensors.
 *
 * <p>A file is checked before memory is taken for what it claims to hold; whatever is wrong with it
 * is a {@link scoria.engine.io.FormatException} of one line that names the file. Files are written
 * whole or not at all.
 */
@NullMarked
package scoria.engine.io;

import org.jspecify.annotations.NullMarked;

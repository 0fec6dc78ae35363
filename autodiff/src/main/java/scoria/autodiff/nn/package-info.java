/**
 * Networks: layers are records that hold tracked tensors, and name them.
 *
 * <p>{@link scoria.autodiff.nn.Layer} maps a tensor to a tensor, {@link
 * scoria.autodiff.nn.NoiseConditioned} also takes a noise level for each sample. {@link
 * scoria.autodiff.nn.Parameters} are the names and tensors of either. A layer of one's own is a
 * record that says what it computes and, in one line, what its parameters are.
 */
@NullMarked
package scoria.autodiff.nn;

import org.jspecify.annotations.NullMarked;

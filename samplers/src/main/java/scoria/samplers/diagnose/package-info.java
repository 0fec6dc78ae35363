/**
 * How good samples are.
 *
 * <p>{@link scoria.samplers.diagnose.EnergyDistance} compares two sets of points without any model
 * of either.
 */
@NullMarked
package scoria.samplers.diagnose;

import org.jspecify.annotations.NullMarked;

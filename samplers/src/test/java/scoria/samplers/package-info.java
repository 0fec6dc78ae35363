@NullMarked
package scoria.samplers;

import org.jspecify.annotations.NullMarked;

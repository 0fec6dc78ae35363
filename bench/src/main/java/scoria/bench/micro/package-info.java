/** Microbenchmarks, run by JMH. */
@NullMarked
package scoria.bench.micro;

import org.jspecify.annotations.NullMarked;

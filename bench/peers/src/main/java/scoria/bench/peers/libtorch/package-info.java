/** What libtorch does in the contests, by its C++ interface through JavaCPP. */
@NullMarked
package scoria.bench.peers.libtorch;

import org.jspecify.annotations.NullMarked;

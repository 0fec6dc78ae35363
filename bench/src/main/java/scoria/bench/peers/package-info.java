/**
 * Scoria measured beside other libraries. A {@link scoria.bench.peers.Contest} is what is measured,
 * a {@link scoria.bench.peers.Contender} one side of it, in a process of its own ({@link
 * scoria.bench.peers.Child}); {@link scoria.bench.peers.Match} lets them run in turn and makes the
 * {@link scoria.bench.peers.Row}. The peers' own classes are built by the Maven profile {@code
 * peers}.
 */
@NullMarked
package scoria.bench.peers;

import org.jspecify.annotations.NullMarked;

/**
 * Scoria's operations beside libtorch's: values, derivatives of orders one and two in reverse mode,
 * and forward mode, on random shapes. A {@link scoria.bench.peers.parity.Pair} is one operation by
 * both; {@link scoria.bench.peers.parity.Pairs} lists them; {@link
 * scoria.bench.peers.parity.Coverage} sees to it that no operation of the engine is left out
 * unsaid.
 */
@NullMarked
package scoria.bench.peers.parity;

import org.jspecify.annotations.NullMarked;

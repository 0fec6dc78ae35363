package scoria.engine.tensor;

/**
 * A reduced singular value decomposition U diag(s) V<sup>T</sup>.
 *
 * @param u orthonormal columns, [..., m, k]
 * @param s singular values, descending, [..., k]
 * @param vh V<sup>T</sup>, orthonormal rows, [..., k, n]
 */
public record SvdFactors(Tensor u, Tensor s, Tensor vh) {}

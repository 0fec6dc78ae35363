package scoria.engine.tensor;

/**
 * An eigendecomposition V diag(w) V<sup>T</sup>.
 *
 * @param values w, ascending, [..., n]
 * @param vectors V, one a column, [..., n, n]
 */
public record Eigen(Tensor values, Tensor vectors) {}

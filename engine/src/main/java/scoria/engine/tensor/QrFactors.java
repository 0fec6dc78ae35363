package scoria.engine.tensor;

/**
 * A reduced QR decomposition.
 *
 * @param q orthonormal columns, [..., m, k]
 * @param r upper triangle, [..., k, n], with no negative number on its diagonal
 */
public record QrFactors(Tensor q, Tensor r) {}

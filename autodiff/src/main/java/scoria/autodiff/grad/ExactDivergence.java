package scoria.autodiff.grad;

import scoria.engine.device.Device;
import scoria.engine.tensor.Rng;
import scoria.engine.tensor.Tensor;

/** The divergence by d products with unit vectors. */
enum ExactDivergence implements Divergence {
  EXACT;

  @Override
  public Tensor probes(Rng rng, Tensor like) {
    return Probe.RADEMACHER.vectors(rng, like, 0);
  }

  @Override
  public DivergenceEstimate estimate(Tensor y, Tensor x, Tensor probes, boolean again) {
    Field field = Field.of(y, x, probes, 0);
    int d = Math.toIntExact(x.size(1));
    Tensor[] diagonal = new Tensor[d];
    try (Device.Use use = x.device().use()) {
      Tensor identity = Tensor.eye(d, x.dtype());
      for (int j = 0; j < d; j++) {
        Tensor unit = identity.get(0, j).expand(x.shape());
        diagonal[j] = field.times(unit, again).narrow(1, j, 1);
      }
    }
    Tensor none = field.columns();
    return new DivergenceEstimate(again ? y : y.detach(), field.columns(diagonal).sum(1), none);
  }
}

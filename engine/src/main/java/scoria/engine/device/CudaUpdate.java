package scoria.engine.device;

import scoria.engine.op.AdamUpdate;
import scoria.engine.op.AssignUpdate;
import scoria.engine.op.LerpUpdate;
import scoria.engine.op.MomentumUpdate;
import scoria.engine.op.Update;
import scoria.engine.tensor.Tensor;
import scoria.kernels.cuda.CudaOptimizer;
import scoria.kernels.cuda.CudaStream;

/** Changes in place. */
final class CudaUpdate {
  private CudaUpdate() {}

  static void run(CudaStream stream, Update op, Tensor[] inputs, Tensor[] outputs) {
    int numbered = inputs.length - 1;
    switch (op) {
      case AdamUpdate adam -> {
        for (int i = 0; i < numbered; i++) {
          adam(stream, adam, i, inputs, outputs);
        }
      }
      case MomentumUpdate momentum -> {
        for (int i = 0; i < numbered; i++) {
          momentum(stream, momentum, i, inputs, outputs);
        }
      }
      case LerpUpdate lerp -> {
        for (int i = 0; i < numbered; i++) {
          lerp(stream, inputs[numbered], inputs[i], outputs[i]);
        }
      }
      case AssignUpdate assign -> {
        for (int i = 0; i < inputs.length; i++) {
          if (inputs[i].memory() != outputs[i].memory()) {
            CudaMoves.copy(stream, inputs[i], outputs[i].layout(), outputs[i]);
          }
        }
      }
    }
  }

  private static void adam(
      CudaStream stream, AdamUpdate op, int i, Tensor[] inputs, Tensor[] outputs) {
    int n = inputs.length - 1;
    Tensor p = outputs[i];
    CudaOptimizer.adam(
        stream,
        p.dtype().element(),
        Cuda.address(inputs[n]),
        inputs[n].layout().offset(),
        op.beta1(),
        op.beta2(),
        op.epsilon(),
        Cuda.address(p),
        p.layout().offset(),
        Cuda.address(inputs[i]),
        inputs[i].layout().offset(),
        Cuda.address(outputs[n + i]),
        outputs[n + i].layout().offset(),
        Cuda.address(outputs[2 * n + i]),
        outputs[2 * n + i].layout().offset(),
        p.elements());
  }

  private static void momentum(
      CudaStream stream, MomentumUpdate op, int i, Tensor[] inputs, Tensor[] outputs) {
    int n = inputs.length - 1;
    Tensor p = outputs[i];
    CudaOptimizer.sgdMomentum(
        stream,
        p.dtype().element(),
        Cuda.address(inputs[n]),
        inputs[n].layout().offset(),
        op.momentum(),
        Cuda.address(p),
        p.layout().offset(),
        Cuda.address(inputs[i]),
        inputs[i].layout().offset(),
        Cuda.address(outputs[n + i]),
        outputs[n + i].layout().offset(),
        p.elements());
  }

  private static void lerp(CudaStream stream, Tensor weight, Tensor x, Tensor y) {
    CudaOptimizer.lerp(
        stream,
        y.dtype().element(),
        Cuda.address(weight),
        weight.layout().offset(),
        Cuda.address(y),
        y.layout().offset(),
        Cuda.address(x),
        x.layout().offset(),
        y.elements());
  }
}

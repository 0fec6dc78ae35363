package scoria.bench.peers.parity;

import java.util.List;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import scoria.engine.function.Recurrent;
import scoria.engine.tensor.Tensor;

/**
 * Steps of recurrent networks. libtorch has two biases; where we have one, the other is left out.
 */
final class RecurrentPairs {
  private static final TensorOptional NONE = new TensorOptional();

  private RecurrentPairs() {}

  static List<Pair> all() {
    return List.of(
        Pair.of("rnnCell", RecurrentPairs::rnn),
        Pair.of("lstmCell", RecurrentPairs::lstm),
        Pair.of("gruCell, reset after the product", RecurrentPairs::gru));
  }

  private static Trial rnn(Chance chance) {
    int batch = chance.between(1, 5);
    int in = chance.between(1, 7);
    int n = chance.between(1, 7);
    return Trial.of(
        t -> Recurrent.rnnCell(t[0], t[1], t[2], t[3], t[4]),
        t -> torch.rnn_tanh_cell(t[0], t[1], t[2], t[3], new TensorOptional(t[4]), NONE),
        chance.real(batch, in),
        chance.within(-1, 1, batch, n),
        weights(chance, n, in),
        weights(chance, n, n),
        weights(chance, n));
  }

  private static Trial lstm(Chance chance) {
    int batch = chance.between(1, 5);
    int in = chance.between(1, 5);
    int n = chance.between(1, 5);
    return Trial.several(
        t -> {
          Recurrent.LstmState state =
              Recurrent.lstmCell(t[0], new Recurrent.LstmState(t[1], t[2]), t[3], t[4], t[5], null);
          return new Tensor[] {state.hidden(), state.cell()};
        },
        t -> {
          T_TensorTensor_T state =
              torch.lstm_cell(
                  t[0], new TensorVector(t[1], t[2]), t[3], t[4], new TensorOptional(t[5]), NONE);
          return new org.bytedeco.pytorch.Tensor[] {state.get0(), state.get1()};
        },
        chance.real(batch, in),
        chance.within(-1, 1, batch, n),
        chance.real(batch, n),
        weights(chance, 4L * n, in),
        weights(chance, 4L * n, n),
        weights(chance, 4L * n));
  }

  private static Trial gru(Chance chance) {
    int batch = chance.between(1, 5);
    int in = chance.between(1, 5);
    int n = chance.between(1, 5);
    return Trial.of(
        t -> Recurrent.gruCell(t[0], t[1], t[2], t[3], t[4], t[5], true),
        t ->
            torch.gru_cell(
                t[0], t[1], t[2], t[3], new TensorOptional(t[4]), new TensorOptional(t[5])),
        chance.real(batch, in),
        chance.within(-1, 1, batch, n),
        weights(chance, 3L * n, in),
        weights(chance, 3L * n, n),
        weights(chance, 3L * n),
        weights(chance, 3L * n));
  }

  private static Input weights(Chance chance, long... sizes) {
    return chance.within(-0.7, 0.7, sizes);
  }
}

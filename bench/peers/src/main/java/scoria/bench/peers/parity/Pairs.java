package scoria.bench.peers.parity;

import java.util.List;
import java.util.stream.Stream;

/** All pairs, family by family. */
final class Pairs {
  private Pairs() {}

  static List<Pair> all() {
    return Stream.of(
            PointwisePairs.all(),
            PairwisePairs.all(),
            DerivativePairs.all(),
            BitPairs.all(),
            ReductionPairs.all(),
            MovePairs.all(),
            IndexPairs.all(),
            RunningPairs.all(),
            StatisticsPairs.all(),
            ProductPairs.all(),
            MatrixFunctionPairs.all(),
            ConvolutionPairs.all(),
            PoolingPairs.all(),
            ArrangementPairs.all(),
            OrderPairs.all(),
            ScatterPairs.all(),
            MatrixPairs.all(),
            ActivationPairs.all(),
            RecurrentPairs.all(),
            NormalizationPairs.all(),
            NetworkPairs.all(),
            LossPairs.all(),
            ResizePairs.all(),
            SignalPairs.all())
        .flatMap(List::stream)
        .toList();
  }
}

package scoria.bench.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who takes part in a contest. */
enum Side {
  /** Ours. */
  SCORIA("Scoria", "scoria.bench.peers.ScoriaSide") {
    @Override
    List<Entry> entries(int threads) {
      return List.of(new Entry(this, threads, label(threads), List.of("" + threads), Map.of()));
    }
  },

  /** The C++ library under PyTorch, with OpenBLAS for its matrix products. */
  LIBTORCH("libtorch", "scoria.bench.peers.libtorch.LibtorchSide") {
    @Override
    List<Entry> entries(int threads) {
      List<Entry> entries = new ArrayList<>();
      entries.add(entry(threads, threads, label(threads)));
      if (threads > 1) {
        // OpenBLAS has threads of its own. They may pay where the small loops' do not.
        entries.add(entry(1, threads, label(threads) + " in products, 1 elsewhere"));
      }
      return entries;
    }

    private Entry entry(int threads, int productThreads, String label) {
      Map<String, String> environment = new TreeMap<>();
      environment.put("OMP_NUM_THREADS", "" + threads);
      environment.put("OPENBLAS_NUM_THREADS", "" + productThreads);
      // Waiting threads sleep: they would otherwise take the processor from the other side.
      environment.put("OMP_WAIT_POLICY", "PASSIVE");
      return new Entry(this, productThreads, label, List.of("" + threads), environment);
    }
  };

  private final String label;
  private final String mainClass;

  Side(String label, String mainClass) {
    this.label = label;
    this.mainClass = mainClass;
  }

  /** How it takes part with a number of threads, one entry or several. */
  abstract List<Entry> entries(int threads);

  String mainClass() {
    return mainClass;
  }

  String label(int threads) {
    return label + ", " + threads + (threads == 1 ? " thread" : " threads");
  }
}

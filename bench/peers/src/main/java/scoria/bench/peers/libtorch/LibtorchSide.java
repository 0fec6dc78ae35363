package scoria.bench.peers.libtorch;

import org.bytedeco.pytorch.global.torch;
import scoria.bench.peers.Server;

/** The process of libtorch: {@code CONTEST THREADS}. */
public final class LibtorchSide {
  private LibtorchSide() {}

  /** Serves a contest until the input ends. */
  public static void main(String[] args) {
    torch.set_num_threads(Integer.parseInt(args[1]));
    Server.serve(
        switch (args[0]) {
          case "dsm-small" -> new LibtorchDsm();
          case "product-1024", "product-256" -> new LibtorchProduct(args[0]);
          default -> throw new IllegalArgumentException("no contest " + args[0]);
        });
  }
}

package scoria.bench.peers;

import scoria.engine.device.Device;

/** The process of our side: {@code CONTEST THREADS}. */
public final class ScoriaSide {
  private ScoriaSide() {}

  /** Serves a contest until the input ends. */
  public static void main(String[] args) {
    Device.cpu().threads(Integer.parseInt(args[1]));
    Server.serve(
        switch (args[0]) {
          case "dsm-small" -> new ScoriaDsm();
          case "product-1024", "product-256" -> new ScoriaProduct(args[0]);
          default -> throw new IllegalArgumentException("no contest " + args[0]);
        });
  }
}

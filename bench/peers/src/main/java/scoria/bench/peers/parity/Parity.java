package scoria.bench.peers.parity;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.global.torch;
import scoria.engine.device.Device;

/**
 * The process that compares: {@code REPORT TRIALS [PREFIX]}, where REPORT is the file that is
 * written and TRIALS the number of shapes for each pair. Only pairs whose names begin with PREFIX
 * are compared where one is given. The exit status is 1 if anything differs.
 */
public final class Parity {
  private Parity() {}

  /** Compares, writes the report, and ends the process. */
  public static void main(String[] args) throws IOException {
    torch.set_num_threads(1);
    Device.cpu().threads(1);
    WrongPairs.mustBeFound();
    String prefix = args.length > 2 ? args[2] : "";
    Report report = run(Integer.parseInt(args[1]), prefix);
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(Path.of(args[0]).toFile(), report);
    report.failed().forEach(failure -> System.out.println(failure.line()));
    System.out.printf(
        "parity: %d operations, %d agree, %d differences in %d tensors; %d have no peer%n",
        report.ops(),
        report.passed(),
        report.failed().size(),
        report.comparisons(),
        report.withoutPeer().size());
    System.exit(report.failed().isEmpty() ? 0 : 1);
  }

  private static Report run(int trials, String prefix) {
    List<Pair> pairs = Pairs.all().stream().filter(p -> p.name().startsWith(prefix)).toList();
    Set<String> ops = Coverage.ops();
    Map<String, List<Failure>> byOp = new LinkedHashMap<>();
    int compared = 0;
    for (Pair pair : pairs) {
      Comparison comparison = new Comparison(pair);
      comparison.run(trials);
      compared += comparison.compared();
      List<Failure> failures = byOp.computeIfAbsent(pair.op(), _ -> new ArrayList<>());
      failures.addAll(comparison.failures());
      if (failures.isEmpty()
          && ops.contains(pair.op())
          && !comparison.labels().isEmpty()
          && !comparison.labels().contains(pair.op())) {
        failures.add(
            new Failure(pair, "", "", "runs " + comparison.labels() + " and not its operation"));
      }
    }
    List<Failure> failed = new ArrayList<>();
    byOp.values().forEach(failed::addAll);
    int passed = (int) byOp.values().stream().filter(List::isEmpty).count();
    if (prefix.isEmpty()) {
      failed.addAll(Coverage.gaps(pairs, WithoutPeer.REASONS));
    }
    return new Report(byOp.size(), passed, failed, compared, WithoutPeer.REASONS);
  }
}

package scoria.bench.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MatchTest {
  private static final Timing SHORT = new Timing(1, 1, 1, 2, 1);
  private static final Contest CONTEST = new Contest("b", "c", 3e6, 1e-5, 1.5, 2);

  @Test
  void aStandingIsTheMedianOfItsRounds() {
    Standing standing =
        Standing.of(
            entry(2),
            List.of(
                new double[] {9, 10},
                new double[] {700, 30},
                new double[] {5, 20},
                new double[] {7, 40}));
    assertEquals(8, standing.microseconds());
    assertEquals(5, standing.least());
    assertEquals(700, standing.most());
    assertEquals(25, standing.bytes());
  }

  @Test
  void theBestHasTheLeastTime() {
    Standing slow = new Standing(entry(1), 9, 1, 20, 0);
    Standing fast = new Standing(entry(2), 8, 7, 30, 0);
    assertEquals(fast, Standing.best(List.of(slow, fast)));
  }

  @Test
  void theRatioIsThePeersTimeOverOurs() {
    Standing ours = new Standing(entry(2), 100, 0, 0, 48);
    Standing peer = new Standing(entry(1), 150, 0, 0, 9000);
    Row row = Row.of(CONTEST, ours, peer, 60);
    assertEquals(1.5, row.ratio());
    assertEquals(100, row.ours());
    assertEquals(150, row.peer());
    assertEquals(48, row.bytesPerStep());
    // 3e6 operations in 100 us are 30 GFLOP/s, of 2 * 60.
    assertEquals(25, row.percentOfLimit(), 1e-12);
    assertNull(Row.of(CONTEST, ours, null, 60).ratio());
  }

  @Test
  void aRowHasTheFieldsOfTheReport() {
    Standing standing = new Standing(entry(1), 1, 1, 1, 1);
    JsonNode json =
        new ObjectMapper().valueToTree(Map.of("rows", List.of(Row.of(CONTEST, standing, null, 1))));
    List<String> names = new ArrayList<>();
    json.get("rows").get(0).fieldNames().forEachRemaining(names::add);
    assertEquals(
        List.of(
            "name",
            "ours",
            "peer",
            "unit",
            "ratio",
            "must",
            "goal",
            "percent_of_limit",
            "bytes_per_step"),
        names);
  }

  @Test
  void sidesThatDifferAreNotCompared() {
    double[] a = {1, 2};
    Match.agree(CONTEST, "A", a, "B", new double[] {1.000009, 2});
    for (double[] b :
        List.of(
            new double[] {1.00002, 2},
            new double[] {1, 1.9999},
            new double[] {1},
            new double[] {1, Double.NaN})) {
      IllegalStateException e =
          assertThrows(IllegalStateException.class, () -> Match.agree(CONTEST, "A", a, "B", b));
      assertTrue(
          String.valueOf(e.getMessage()).contains("c is not the same on both sides"),
          e.getMessage());
    }
  }

  @Test
  void theStepLearnsFromTheSameNumbersEveryTime() {
    double[] losses = new ScoriaDsm().check();
    assertArrayEquals(losses, new ScoriaDsm().check());
    // 2 without a score, and what a network of random weights adds.
    assertTrue(losses[0] > 1.5 && losses[0] < 3, "loss " + losses[0]);
    assertFalse(losses[0] == losses[1]);
  }

  @Test
  void productsOfTheStepAreCounted() {
    // 512 times: 33,280 multiply-adds forward, as many for weights, 33,024 for inputs.
    assertEquals(2.0 * 512 * (2 * 33_280 + 33_024), DsmProblem.flops());
  }

  @Test
  void eachSideHasAProcessThatAnswers() {
    List<String> lines = new ArrayList<>();
    Row row =
        new Match(Contest.of("dsm-small").getFirst(), List.of(1), null, SHORT).run(lines::add);
    assertNull(row.peer());
    assertTrue(row.ours() > 0 && row.percentOfLimit() > 0 && row.bytesPerStep() > 0, row::toString);
    assertTrue(lines.stream().anyMatch(line -> line.contains("Scoria, 1 thread")), lines::toString);
  }

  @Test
  void aProcessThatFailsSaysWhy() {
    Contest unknown = new Contest("b", "nothing", 1, 1, 1, 1);
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () -> new Match(unknown, List.of(1), null, SHORT).run(line -> {}));
    assertTrue(String.valueOf(e.getMessage()).contains("no contest nothing"), e.getMessage());
  }

  private static Entry entry(int threads) {
    return new Entry(Side.SCORIA, threads, "", List.of(), Map.of());
  }
}

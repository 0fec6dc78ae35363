package scoria.autodiff.check;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import scoria.engine.device.Device;
import scoria.engine.function.Functions;
import scoria.engine.op.Case;
import scoria.engine.op.OpTable;

/** Every operation and every composed function, with its derivatives of three orders. */
class OpDerivativeTest {
  @TestFactory
  Stream<DynamicTest> operations() {
    List<Case> cases = OpTable.cases();
    return IntStream.range(0, cases.size())
        .filter(i -> cases.get(i).op().runsOn(Device.cpu()))
        .mapToObj(
            i ->
                DynamicTest.dynamicTest(
                    i + " " + cases.get(i).op(), () -> OpCheck.of(cases.get(i)).run()));
  }

  @TestFactory
  Stream<DynamicTest> functions() {
    return Functions.all().stream()
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> OpCheck.of(c).run()));
  }
}

package scoria.engine.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import scoria.engine.op.Call;
import scoria.engine.op.CustomOp;
import scoria.engine.op.Reference;
import scoria.engine.op.Signature;
import scoria.engine.tensor.Origin;
import scoria.engine.tensor.Tensor;

/** A user's operation with two outputs runs like all others. */
class CustomOpTest {
  /** Sum and difference of two float32 tensors of one shape. */
  private record Butterfly() implements CustomOp {
    @Override
    public String label() {
      return "butterfly";
    }

    @Override
    public Signature[] infer(Signature... inputs) {
      return new Signature[] {inputs[0], inputs[0]};
    }

    @Override
    public Reference[] meaning(Reference... inputs) {
      return new Reference[] {
        inputs[0].zip(inputs[1], Double::sum), inputs[0].zip(inputs[1], (a, b) -> a - b)
      };
    }

    @Override
    public @Nullable Tensor[] pullback(Call call, @Nullable Tensor[] gradients) {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Tensor[] pushforward(Call call, @Nullable Tensor[] tangents) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void run(Tensor[] inputs, Tensor[] outputs) {
      MemorySegment a = inputs[0].segment();
      MemorySegment b = inputs[1].segment();
      for (long i = 0; i < inputs[0].elements(); i++) {
        float x = a.getAtIndex(ValueLayout.JAVA_FLOAT, i);
        float y = b.getAtIndex(ValueLayout.JAVA_FLOAT, i);
        outputs[0].segment().setAtIndex(ValueLayout.JAVA_FLOAT, i, x + y);
        outputs[1].segment().setAtIndex(ValueLayout.JAVA_FLOAT, i, x - y);
      }
    }
  }

  @Test
  void givesItsOutputsOneOrigin() {
    Tensor a = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2).tracked();
    Tensor b = Tensor.of(new float[] {10, 20, 30, 40}, 2, 2);
    Tensor[] out = Execute.run(new Butterfly(), a.transpose(), b);
    assertArrayEquals(new float[] {11, 23, 32, 44}, out[0].toFloats());
    assertArrayEquals(new float[] {-9, -17, -28, -36}, out[1].toFloats());
    Origin first = out[0].origin();
    Origin second = out[1].origin();
    assertNotNull(first);
    assertNotNull(second);
    assertSame(first.call(), second.call());
    assertEquals(1, second.output());
  }
}

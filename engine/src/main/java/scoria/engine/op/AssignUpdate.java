package scoria.engine.op;

import java.util.Arrays;

/** Every output becomes its input. */
public enum AssignUpdate implements Update {
  /** The only one of its kind. */
  ASSIGN;

  @Override
  public String label() {
    return "assign";
  }

  @Override
  public String shapes() {
    return "n x [...] -> n x [...], in place";
  }

  @Override
  public void check(Signature[] inputs, Signature[] outputs) {
    if (!Arrays.equals(inputs, outputs)) {
      throw new IllegalArgumentException(
          "cannot assign " + Arrays.toString(inputs) + " to " + Arrays.toString(outputs));
    }
  }

  @Override
  public Reference[] after(Reference[] inputs, Reference[] outputs) {
    return inputs.clone();
  }
}

package scoria.engine.op;

/** Every output becomes its input. */
public enum AssignUpdate implements Update {
  /** The only one of its kind. */
  ASSIGN;

  @Override
  public String label() {
    return "assign";
  }

  @Override
  public void check(Signature[] inputs, Signature[] outputs) {
    if (!java.util.Arrays.equals(inputs, outputs)) {
      throw new IllegalArgumentException(
          "cannot assign "
              + java.util.Arrays.toString(inputs)
              + " to "
              + java.util.Arrays.toString(outputs));
    }
  }

  @Override
  public Reference[] after(Reference[] inputs, Reference[] outputs) {
    return inputs.clone();
  }
}

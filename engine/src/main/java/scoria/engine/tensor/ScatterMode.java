package scoria.engine.tensor;

/** What becomes of an element where another is scattered to. */
public enum ScatterMode {
  /** The other takes its place; of several the last. */
  REPLACE,
  /** Their sum, added in order. */
  ADD,
  /** Their product. Compares every index with every place: for few of both. */
  MUL,
  /** The largest of them. Compares every index with every place. */
  MAX,
  /** The smallest of them. Compares every index with every place. */
  MIN
}

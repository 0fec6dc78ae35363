package scoria.engine.tensor;

/** What a tensor is continued with beyond its ends. */
public enum PadMode {
  /** The last element over and over. */
  EDGE,
  /** The elements mirrored at the last one, which is not repeated: 3 2 | 1 2 3 | 2 1. */
  REFLECT,
  /** The elements from the other end: 2 3 | 1 2 3 | 1 2. */
  WRAP
}

/** A program of a user's own. */
module consumer {
  requires scoria.samplers;
}

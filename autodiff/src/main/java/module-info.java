/** Scoria's autodiff. */
module scoria.autodiff {
  requires transitive scoria.engine;
  requires static transitive org.jspecify;
}

/** Scoria's engine. */
module scoria.engine {
  requires transitive scoria.kernels;
  requires static transitive org.jspecify;
}

/** Scoria's bench. */
module scoria.bench {
  requires transitive scoria.samplers;
  requires static transitive org.jspecify;
}

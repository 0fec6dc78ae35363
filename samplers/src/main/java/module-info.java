/** Scoria's samplers. */
module scoria.samplers {
  requires transitive scoria.autodiff;
  requires static transitive org.jspecify;
}

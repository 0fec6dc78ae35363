/** The workbench: command line, experiments, pictures and measurements. Exports nothing. */
module scoria.bench {
  requires com.fasterxml.jackson.databind;
  requires de.siegmar.fastcsv;
  requires info.picocli;
  requires java.desktop;
  requires jdk.incubator.vector;
  requires jdk.management;
  // JMH reads sun.misc.Unsafe and, without a descriptor, cannot ask for it.
  requires jdk.unsupported;
  requires jmh.core;
  requires me.tongfei.progressbar;
  requires org.knowm.xchart;
  requires transitive scoria.samplers;
  requires static transitive org.jspecify;

  exports scoria.bench.micro.jmh_generated to
      jmh.core;

  opens scoria.bench.cli to
      com.fasterxml.jackson.databind,
      info.picocli;
  opens scoria.bench.data to
      com.fasterxml.jackson.databind;
  opens scoria.bench.machine to
      com.fasterxml.jackson.databind;
  opens scoria.bench.peers to
      com.fasterxml.jackson.databind;
  opens scoria.bench.run to
      com.fasterxml.jackson.databind;
}

package scoria.bench.machine;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import jdk.incubator.vector.FloatVector;

/**
 * What a figure depends on besides the program: every measurement and every run names it.
 *
 * @param jdk version of Java, as in {@code 25.0.3+9-LTS}
 * @param vendor who built it
 * @param os operating system and architecture
 * @param cpu model of the processor
 * @param cores physical cores of the machine
 * @param threads threads that this process may use
 * @param vectorBits width of the vectors that kernels compute with, in bits
 * @param floatLanes float32 numbers in such a vector
 * @param memoryBytes memory of the machine, or of the container it is limited to
 * @param heapBytes most that Java's heap may take of it; tensors live outside of the heap
 */
@JsonPropertyOrder(alphabetic = false)
public record Machine(
    @JsonProperty("jdk") String jdk,
    @JsonProperty("vendor") String vendor,
    @JsonProperty("os") String os,
    @JsonProperty("cpu") String cpu,
    @JsonProperty("cores") int cores,
    @JsonProperty("threads") int threads,
    @JsonProperty("vector_bits") int vectorBits,
    @JsonProperty("float_lanes") int floatLanes,
    @JsonProperty("memory_bytes") long memoryBytes,
    @JsonProperty("heap_bytes") long heapBytes) {

  /** Looks at the machine this process runs on. */
  public static Machine here() {
    Processor processor = Processor.here();
    long memory =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return new Machine(
        Runtime.version().toString(),
        System.getProperty("java.vendor"),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        processor.model(),
        processor.cores(),
        Runtime.getRuntime().availableProcessors(),
        FloatVector.SPECIES_PREFERRED.vectorBitSize(),
        FloatVector.SPECIES_PREFERRED.length(),
        memory,
        Runtime.getRuntime().maxMemory());
  }
}

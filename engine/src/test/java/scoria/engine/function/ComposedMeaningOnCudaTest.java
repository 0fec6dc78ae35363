package scoria.engine.function;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import scoria.engine.exec.OnCuda;

/** What holds on the CPU holds on the GPU. */
@Tag("cuda")
@ExtendWith(OnCuda.class)
class ComposedMeaningOnCudaTest extends ComposedMeaningTest {}

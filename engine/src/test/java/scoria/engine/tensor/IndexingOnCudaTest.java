package scoria.engine.tensor;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import scoria.engine.exec.OnCuda;

/** The same on the GPU. */
@Tag("cuda")
@ExtendWith(OnCuda.class)
class IndexingOnCudaTest extends IndexingTest {}

package scoria.engine.exec;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds on the CPU holds on the GPU. */
@Tag("cuda")
@ExtendWith(OnCuda.class)
class UpdateOnCudaTest extends UpdateTest {}

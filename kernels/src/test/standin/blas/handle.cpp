// Handles of libcublas: made, destroyed, and told their modes.
#include "handle.h"

#include <mutex>
#include <set>

namespace {
std::mutex mutex;
std::set<const Blas*>& handles() {
  static auto* the = new std::set<const Blas*>;
  return *the;
}
}  // namespace

bool is_blas(const Blas* handle) {
  const std::lock_guard<std::mutex> lock(mutex);
  return handles().count(handle) != 0;
}

extern "C" CUresult cuCtxGetCurrent(CUcontext*);

API int cublasCreate_v2(Blas** handle) {
  CUcontext context = nullptr;
  if (cuCtxGetCurrent(&context) != SUCCESS || context == nullptr) return BLAS_NOT_INITIALIZED;
  *handle = new Blas;
  const std::lock_guard<std::mutex> lock(mutex);
  handles().insert(*handle);
  return BLAS_OK;
}

API int cublasDestroy_v2(Blas* handle) {
  if (!is_blas(handle)) return BLAS_NOT_INITIALIZED;
  const std::lock_guard<std::mutex> lock(mutex);
  handles().erase(handle);
  delete handle;
  return BLAS_OK;
}

API int cublasGetVersion_v2(Blas*, int* version) {
  *version = 120600;
  return BLAS_OK;
}

API size_t cublasGetCudartVersion() { return 12060; }

API int cublasSetStream_v2(Blas* handle, CUstream stream) {
  if (!is_blas(handle)) return BLAS_NOT_INITIALIZED;
  handle->stream = stream;
  return BLAS_OK;
}

API int cublasGetStream_v2(Blas* handle, CUstream* stream) {
  if (!is_blas(handle)) return BLAS_NOT_INITIALIZED;
  *stream = handle->stream;
  return BLAS_OK;
}

// The products of the stand-in need no memory beside their matrices.
API int cublasSetWorkspace_v2(Blas* handle, void*, size_t) {
  return is_blas(handle) ? BLAS_OK : BLAS_NOT_INITIALIZED;
}

#define MODE(NAME, FIELD, MOST)                             \
  API int cublasSet##NAME(Blas* handle, int mode) {         \
    if (!is_blas(handle)) return BLAS_NOT_INITIALIZED;      \
    if (mode < 0 || mode > MOST) return BLAS_INVALID_VALUE; \
    handle->FIELD = mode;                                   \
    return BLAS_OK;                                         \
  }                                                         \
  API int cublasGet##NAME(Blas* handle, int* mode) {        \
    if (!is_blas(handle)) return BLAS_NOT_INITIALIZED;      \
    *mode = handle->FIELD;                                  \
    return BLAS_OK;                                         \
  }
MODE(MathMode, math_mode, 31)
MODE(PointerMode_v2, pointer_mode, 1)
MODE(AtomicsMode, atomics_mode, 1)
MODE(SmCountTarget, sm_count, 1024)

API const char* cublasGetStatusName(int status) {
  switch (status) {
    case BLAS_OK:
      return "CUBLAS_STATUS_SUCCESS";
    case BLAS_NOT_INITIALIZED:
      return "CUBLAS_STATUS_NOT_INITIALIZED";
    case BLAS_INVALID_VALUE:
      return "CUBLAS_STATUS_INVALID_VALUE";
    case BLAS_EXECUTION_FAILED:
      return "CUBLAS_STATUS_EXECUTION_FAILED";
    case BLAS_NOT_SUPPORTED:
      return "CUBLAS_STATUS_NOT_SUPPORTED";
    default:
      return "CUBLAS_STATUS_UNKNOWN";
  }
}

API const char* cublasGetStatusString(int status) { return cublasGetStatusName(status); }

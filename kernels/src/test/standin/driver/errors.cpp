// Names of results, and what an import that nobody wrote does.
#include <cstdio>
#include <mutex>
#include <set>
#include <string>

#include "cuda.h"

namespace {
struct Named {
  CUresult result;
  const char* name;
  const char* text;
};
const Named NAMED[] = {
    {SUCCESS, "CUDA_SUCCESS", "no error"},
    {INVALID_VALUE, "CUDA_ERROR_INVALID_VALUE", "an argument is out of its range"},
    {OUT_OF_MEMORY, "CUDA_ERROR_OUT_OF_MEMORY", "not enough device memory"},
    {NOT_INITIALIZED, "CUDA_ERROR_NOT_INITIALIZED", "cuInit was not called"},
    {NO_DEVICE, "CUDA_ERROR_NO_DEVICE", "no device"},
    {INVALID_DEVICE, "CUDA_ERROR_INVALID_DEVICE", "no such device"},
    {INVALID_IMAGE, "CUDA_ERROR_INVALID_IMAGE", "not a module's image"},
    {INVALID_CONTEXT, "CUDA_ERROR_INVALID_CONTEXT", "no context is current on this thread"},
    {INVALID_PTX, "CUDA_ERROR_INVALID_PTX", "the PTX does not compile"},
    {FILE_NOT_FOUND, "CUDA_ERROR_FILE_NOT_FOUND", "no such file"},
    {INVALID_HANDLE, "CUDA_ERROR_INVALID_HANDLE", "a handle that was never made, or is destroyed"},
    {ILLEGAL_STATE, "CUDA_ERROR_ILLEGAL_STATE", "not in this state"},
    {NOT_FOUND, "CUDA_ERROR_NOT_FOUND", "no such name"},
    {NOT_READY, "CUDA_ERROR_NOT_READY", "work is not finished"},
    {ILLEGAL_ADDRESS, "CUDA_ERROR_ILLEGAL_ADDRESS", "an address outside of every allocation"},
    {LAUNCH_OUT_OF_RESOURCES, "CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES", "too many threads a block"},
    {CONTEXT_IS_DESTROYED, "CUDA_ERROR_CONTEXT_IS_DESTROYED", "the context is destroyed"},
    {ASSERT, "CUDA_ERROR_ASSERT", "an assertion in a kernel failed"},
    {HOST_MEMORY_ALREADY_REGISTERED, "CUDA_ERROR_HOST_MEMORY_ALREADY_REGISTERED",
     "registered twice"},
    {HOST_MEMORY_NOT_REGISTERED, "CUDA_ERROR_HOST_MEMORY_NOT_REGISTERED", "not registered"},
    {MISALIGNED_ADDRESS, "CUDA_ERROR_MISALIGNED_ADDRESS", "an address not a multiple of its size"},
    {LAUNCH_FAILED, "CUDA_ERROR_LAUNCH_FAILED", "a kernel failed; the stand-in's report says why"},
    {NOT_PERMITTED, "CUDA_ERROR_NOT_PERMITTED", "not permitted"},
    {NOT_SUPPORTED, "CUDA_ERROR_NOT_SUPPORTED", "the stand-in does not do this"},
    {CAPTURE_UNSUPPORTED, "CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED",
     "not while a stream is captured"},
    {CAPTURE_INVALIDATED, "CUDA_ERROR_STREAM_CAPTURE_INVALIDATED",
     "an earlier error ended the capture"},
    {CAPTURE_MERGE, "CUDA_ERROR_STREAM_CAPTURE_MERGE", "two captures would become one"},
    {CAPTURE_UNMATCHED, "CUDA_ERROR_STREAM_CAPTURE_UNMATCHED",
     "not the stream that began the capture"},
    {CAPTURE_UNJOINED, "CUDA_ERROR_STREAM_CAPTURE_UNJOINED",
     "a stream of the capture was not joined"},
    {CAPTURE_ISOLATION, "CUDA_ERROR_STREAM_CAPTURE_ISOLATION", "work outside of the capture"},
    {CAPTURE_IMPLICIT, "CUDA_ERROR_STREAM_CAPTURE_IMPLICIT",
     "the legacy stream while another is captured"},
    {CAPTURED_EVENT, "CUDA_ERROR_CAPTURED_EVENT", "the event was recorded in a capture"},
};

const Named* find(CUresult result) {
  for (const Named& named : NAMED) {
    if (named.result == result) return &named;
  }
  return nullptr;
}
}  // namespace

API CUresult cuGetErrorName(CUresult result, const char** name) {
  const Named* named = find(result);
  *name = named ? named->name : nullptr;
  return named ? SUCCESS : INVALID_VALUE;
}

API CUresult cuGetErrorString(CUresult result, const char** text) {
  const Named* named = find(result);
  *text = named ? named->text : nullptr;
  return named ? SUCCESS : INVALID_VALUE;
}

// Every symbol that the natives import is there; the ones nobody wrote come here, once aloud.
API void scoriaStandinMissing(const char* name) {
  static std::mutex mutex;
  static std::set<std::string> said;
  const std::lock_guard<std::mutex> lock(mutex);
  if (said.insert(name).second) {
    std::fprintf(stderr, "scoria stand-in: %s is not implemented and returns NOT_SUPPORTED\n",
                 name);
  }
}

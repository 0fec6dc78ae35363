// Copies and fills. Device ranges are checked when the call is made, as the driver does, and again
// by the watch when the work is done.
#include <cstring>
#include <memory>

#include "../run/arena.h"
#include "../watch/shadow.h"
#include "module.h"
#include "state.h"

namespace {
bool is_device(CUdeviceptr address) {
  return arena::inside(address) || module_symbol(address) != nullptr;
}

// Whether n bytes from there lie in one allocation, one variable of a module, or pinned memory.
bool valid(CUdeviceptr address, size_t n) {
  if (arena::inside(address)) {
    const arena::Block* block = arena::find(address);
    return block != nullptr && address + n <= block->address + block->bytes;
  }
  if (const Symbol* symbol = module_symbol(address)) {
    return address + n <= symbol->address + symbol->bytes;
  }
  return is_pinned(reinterpret_cast<void*>(address), n);
}

CUresult move(CUdeviceptr to, CUdeviceptr from, size_t n) {
  const bool to_device = is_device(to), from_device = is_device(from);
  if ((to_device && !valid(to, n)) || (from_device && !valid(from, n))) return ILLEGAL_ADDRESS;
  CUresult result = SUCCESS;
  if (from_device && !to_device) result = shadow::read_by_host(from, n);
  std::memmove(reinterpret_cast<void*>(to), reinterpret_cast<void*>(from), n);
  if (to_device) {
    if (from_device) {
      shadow::copied(to, from, n);
    } else {
      shadow::written(to, n);
    }
  }
  return result;
}

void* host(CUdeviceptr p) { return reinterpret_cast<void*>(p); }

// A copy on a stream. Pageable memory is read at once and written before the call returns; only
// pinned memory is touched later.
CUresult copy_async(CUdeviceptr to, CUdeviceptr from, size_t n, CUstream stream) {
  if (!is_stream(stream)) return INVALID_HANDLE;
  if (n == 0) return SUCCESS;
  const bool to_device = is_device(to), from_device = is_device(from);
  if ((to_device && !valid(to, n)) || (from_device && !valid(from, n))) return INVALID_VALUE;
  const bool captured = reinterpret_cast<uintptr_t>(stream) > 2 && stream->capture != nullptr;
  if (!captured && to_device && !from_device && !is_pinned(host(from), n)) {
    auto bytes = std::make_shared<std::vector<char>>(static_cast<char*>(host(from)),
                                                     static_cast<char*>(host(from)) + n);
    return submit(stream, {Kind::MEMCPY, [to, n, bytes] {
                             return move(to, reinterpret_cast<CUdeviceptr>(bytes->data()), n);
                           }});
  }
  if (const CUresult error = submit(stream, {Kind::MEMCPY, [=] { return move(to, from, n); }})) {
    return error;
  }
  const bool returns_early = captured || to_device || is_pinned(host(to), n);
  return returns_early ? SUCCESS : wait_for_all();
}

CUresult copy_now(CUdeviceptr to, CUdeviceptr from, size_t n) {
  if (n == 0) return SUCCESS;
  if ((is_device(to) && !valid(to, n)) || (is_device(from) && !valid(from, n))) {
    return INVALID_VALUE;
  }
  if (const CUresult error = legacy_while_capturing()) return error;
  const CUresult earlier = wait_for_legacy();
  const CUresult result = move(to, from, n);
  return earlier != SUCCESS ? earlier : result;
}

template <class T>
CUresult fill(CUdeviceptr to, size_t pitch, T value, size_t width, size_t height, CUstream stream) {
  if (!is_stream(stream)) return INVALID_HANDLE;
  if (width == 0 || height == 0) return SUCCESS;
  if (to % sizeof(T) != 0) return INVALID_VALUE;
  for (size_t row = 0; row < height; row++) {
    if (!valid(to + row * pitch, width * sizeof(T))) return INVALID_VALUE;
  }
  return submit(stream, {Kind::MEMSET, [=] {
                           for (size_t row = 0; row < height; row++) {
                             const CUdeviceptr at = to + row * pitch;
                             if (!valid(at, width * sizeof(T))) return CUresult{ILLEGAL_ADDRESS};
                             T* out = static_cast<T*>(host(at));
                             for (size_t i = 0; i < width; i++) out[i] = value;
                             shadow::written(at, width * sizeof(T));
                           }
                           return CUresult{SUCCESS};
                         }});
}

CUdeviceptr number(const void* p) { return reinterpret_cast<CUdeviceptr>(p); }
}  // namespace

API CUresult cuMemcpyHtoD_v2(CUdeviceptr to, const void* from, size_t n) {
  CALL();
  return is_device(to) ? copy_now(to, number(from), n) : CUresult{INVALID_VALUE};
}
API CUresult cuMemcpyDtoH_v2(void* to, CUdeviceptr from, size_t n) {
  CALL();
  return is_device(from) ? copy_now(number(to), from, n) : CUresult{INVALID_VALUE};
}
API CUresult cuMemcpyDtoD_v2(CUdeviceptr to, CUdeviceptr from, size_t n) {
  CALL();
  return is_device(from) && is_device(to) ? copy_now(to, from, n) : CUresult{INVALID_VALUE};
}
API CUresult cuMemcpy(CUdeviceptr to, CUdeviceptr from, size_t n) {
  CALL();
  return copy_now(to, from, n);
}
API CUresult cuMemcpyHtoDAsync_v2(CUdeviceptr to, const void* from, size_t n, CUstream stream) {
  CALL();
  return is_device(to) ? copy_async(to, number(from), n, stream) : CUresult{INVALID_VALUE};
}
API CUresult cuMemcpyDtoHAsync_v2(void* to, CUdeviceptr from, size_t n, CUstream stream) {
  CALL();
  return is_device(from) ? copy_async(number(to), from, n, stream) : CUresult{INVALID_VALUE};
}
API CUresult cuMemcpyDtoDAsync_v2(CUdeviceptr to, CUdeviceptr from, size_t n, CUstream stream) {
  CALL();
  return is_device(from) && is_device(to) ? copy_async(to, from, n, stream)
                                          : CUresult{INVALID_VALUE};
}
API CUresult cuMemcpyAsync(CUdeviceptr to, CUdeviceptr from, size_t n, CUstream stream) {
  CALL();
  return copy_async(to, from, n, stream);
}

#define FILL(NAME, VERSION, T)                                                             \
  API CUresult cuMemset##NAME##VERSION(CUdeviceptr to, T value, size_t n) {                \
    CALL();                                                                                \
    return fill<T>(to, 0, value, n, 1, nullptr);                                           \
  }                                                                                        \
  API CUresult cuMemset##NAME##Async(CUdeviceptr to, T value, size_t n, CUstream stream) { \
    CALL();                                                                                \
    return fill<T>(to, 0, value, n, 1, stream);                                            \
  }
#define FILL_2D(NAME, VERSION, T)                                                           \
  API CUresult cuMemset##NAME##VERSION(CUdeviceptr to, size_t pitch, T value, size_t width, \
                                       size_t height) {                                     \
    CALL();                                                                                 \
    return fill<T>(to, pitch, value, width, height, nullptr);                               \
  }                                                                                         \
  API CUresult cuMemset##NAME##Async(CUdeviceptr to, size_t pitch, T value, size_t width,   \
                                     size_t height, CUstream stream) {                      \
    CALL();                                                                                 \
    return fill<T>(to, pitch, value, width, height, stream);                                \
  }
FILL(D8, _v2, unsigned char)
FILL(D16, _v2, unsigned short)
FILL(D32, _v2, unsigned int)
FILL_2D(D2D8, _v2, unsigned char)
FILL_2D(D2D16, _v2, unsigned short)
FILL_2D(D2D32, _v2, unsigned int)

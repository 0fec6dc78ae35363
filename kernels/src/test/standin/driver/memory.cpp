// Allocation of device memory and of pinned host memory.
#include <cstdlib>

#include "../run/arena.h"
#include "state.h"

API CUresult cuMemAlloc_v2(CUdeviceptr* address, size_t bytes) {
  CALL();
  if (address == nullptr || bytes == 0) return INVALID_VALUE;
  if (const CUresult error = forbidden_while_capturing()) return error;
  *address = arena::allocate(bytes);
  return *address == 0 ? OUT_OF_MEMORY : SUCCESS;
}

API CUresult cuMemFree_v2(CUdeviceptr address) {
  CALL();
  if (address == 0) return SUCCESS;
  if (const CUresult error = forbidden_while_capturing()) return error;
  // Freeing waits for the device.
  const CUresult result = wait_for_all();
  return arena::release(address) ? result : INVALID_VALUE;
}

API CUresult cuMemAllocPitch_v2(CUdeviceptr* address, size_t* pitch, size_t width, size_t height,
                                unsigned int element) {
  CALL();
  if (width == 0 || height == 0 || (element != 4 && element != 8 && element != 16)) {
    return INVALID_VALUE;
  }
  *pitch = (width + 511) / 512 * 512;
  return cuMemAlloc_v2(address, *pitch * height);
}

API CUresult cuMemAllocAsync(CUdeviceptr* address, size_t bytes, CUstream stream) {
  CALL();
  if (!is_stream(stream)) return INVALID_HANDLE;
  if (address == nullptr || bytes == 0) return INVALID_VALUE;
  *address = arena::allocate(bytes);
  return *address == 0 ? OUT_OF_MEMORY : SUCCESS;
}

API CUresult cuMemFreeAsync(CUdeviceptr address, CUstream stream) {
  CALL();
  if (arena::find(address) == nullptr) return INVALID_VALUE;
  return submit(stream, {Kind::EMPTY,
                         [address] { return arena::release(address) ? SUCCESS : INVALID_VALUE; }});
}

API CUresult cuMemGetInfo_v2(size_t* free, size_t* total) {
  CALL();
  *free = arena::CAPACITY - arena::used();
  *total = arena::CAPACITY;
  return SUCCESS;
}

API CUresult cuMemGetAddressRange_v2(CUdeviceptr* base, size_t* bytes, CUdeviceptr address) {
  CALL();
  const arena::Block* block = arena::find(address);
  if (block == nullptr) return NOT_FOUND;
  if (base != nullptr) *base = block->address;
  if (bytes != nullptr) *bytes = block->bytes;
  return SUCCESS;
}

API CUresult cuMemHostAlloc(void** host, size_t bytes, unsigned int) {
  CALL();
  if (host == nullptr || bytes == 0) return INVALID_VALUE;
  if (const CUresult error = forbidden_while_capturing()) return error;
  *host = std::aligned_alloc(4096, (bytes + 4095) / 4096 * 4096);
  if (*host == nullptr) return OUT_OF_MEMORY;
  state().pinned[reinterpret_cast<uintptr_t>(*host)] = bytes;
  return SUCCESS;
}

API CUresult cuMemAllocHost_v2(void** host, size_t bytes) { return cuMemHostAlloc(host, bytes, 0); }

API CUresult cuMemFreeHost(void* host) {
  CALL();
  const auto found = state().pinned.find(reinterpret_cast<uintptr_t>(host));
  if (found == state().pinned.end()) return INVALID_VALUE;
  if (const CUresult error = forbidden_while_capturing()) return error;
  const CUresult result = wait_for_all();
  state().pinned.erase(found);
  std::free(host);
  return result;
}

API CUresult cuMemHostRegister_v2(void* host, size_t bytes, unsigned int) {
  CALL();
  if (host == nullptr || bytes == 0) return INVALID_VALUE;
  if (is_pinned(host, 1)) return HOST_MEMORY_ALREADY_REGISTERED;
  state().registered[reinterpret_cast<uintptr_t>(host)] = bytes;
  return SUCCESS;
}

API CUresult cuMemHostUnregister(void* host) {
  CALL();
  const CUresult result = wait_for_all();
  return state().registered.erase(reinterpret_cast<uintptr_t>(host)) == 1
             ? result
             : HOST_MEMORY_NOT_REGISTERED;
}

API CUresult cuMemHostGetDevicePointer_v2(CUdeviceptr* address, void* host, unsigned int) {
  CALL();
  if (!is_pinned(host, 1)) return INVALID_VALUE;
  *address = reinterpret_cast<uintptr_t>(host);
  return SUCCESS;
}

API CUresult cuMemHostGetFlags(unsigned int* flags, void* host) {
  CALL();
  if (!is_pinned(host, 1)) return INVALID_VALUE;
  *flags = 0;
  return SUCCESS;
}

API CUresult cuPointerGetAttribute(void* data, int attribute, CUdeviceptr address) {
  CALL();
  const arena::Block* block = arena::find(address);
  const bool pinned = is_pinned(reinterpret_cast<void*>(address), 1);
  if (block == nullptr && !pinned) return INVALID_VALUE;
  switch (attribute) {
    case 2:  // memory type: host or device
      *static_cast<unsigned int*>(data) = block == nullptr ? 1 : 2;
      return SUCCESS;
    case 3:  // device pointer
      *static_cast<CUdeviceptr*>(data) = address;
      return SUCCESS;
    case 9:  // ordinal
      *static_cast<int*>(data) = 0;
      return SUCCESS;
    case 11:  // start of the range
      if (block == nullptr) return NOT_SUPPORTED;
      *static_cast<CUdeviceptr*>(data) = block->address;
      return SUCCESS;
    case 12:  // size of the range
      if (block == nullptr) return NOT_SUPPORTED;
      *static_cast<size_t*>(data) = block->bytes;
      return SUCCESS;
    default:
      return NOT_SUPPORTED;
  }
}

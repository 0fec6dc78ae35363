// One device, like a small Ampere card in what it allows.
#include <cstdio>
#include <cstring>
#include <map>

#include "../run/arena.h"
#include "state.h"

namespace {
const char NAME[] = "Scoria stand-in (g++ on this CPU, no GPU)";

const std::map<int, int>& attributes() {
  static const std::map<int, int> values = {
      {1, 1024},         // threads a block
      {2, 1024},         // block x
      {3, 1024},         // block y
      {4, 64},           // block z
      {5, 2147483647},   // grid x
      {6, 65535},        // grid y
      {7, 65535},        // grid z
      {8, 49152},        // shared memory a block
      {9, 65536},        // constant memory
      {10, 32},          // warp
      {11, 2147483647},  // pitch
      {12, 65536},       // registers a block
      {13, 1000000},     // clock, kHz
      {14, 512},         // texture alignment
      {15, 1},           // copies beside kernels
      {16, 8},           // multiprocessors
      {17, 0},           // no time limit
      {18, 0},           // not integrated
      {19, 1},           // maps host memory
      {20, 0},           // compute mode: default
      {30, 512},         // surface alignment
      {31, 1},           // concurrent kernels
      {32, 0},           // ECC
      {33, 1},           // PCI bus
      {34, 0},           // PCI device
      {35, 0},           // TCC
      {36, 1000000},     // memory clock, kHz
      {37, 256},         // memory bus
      {38, 4194304},     // L2
      {39, 2048},        // threads a multiprocessor
      {40, 2},           // copy engines
      {41, 1},           // unified addressing
      {50, 0},           // PCI domain
      {75, 8},           // compute capability
      {76, 0},           //
      {78, 1},           // stream priorities
      {79, 1},           // L1 for globals
      {80, 1},           // L1 for locals
      {81, 167936},      // shared memory a multiprocessor
      {82, 65536},       // registers a multiprocessor
      {83, 0},           // no managed memory
      {84, 0},           // one GPU a board
      {87, 2},           // float to double rate
      {88, 0},           // no pageable access
      {89, 0},           //
      {95, 0},           // no cooperative launch
      {97, 166912},      // shared memory a block that asks for it
      {99, 1},           // cuMemHostRegister
      {106, 32},         // blocks a multiprocessor
      {115, 0},          // no memory pools
  };
  return values;
}
}  // namespace

API CUresult cuInit(unsigned int flags) {
  const Call call(false);
  if (flags != 0) return INVALID_VALUE;
  state().initialised = true;
  return SUCCESS;
}

API CUresult cuDriverGetVersion(int* version) {
  if (version == nullptr) return INVALID_VALUE;
  *version = 12060;
  return SUCCESS;
}

API CUresult cuDeviceGetCount(int* count) {
  CALL(false);
  *count = 1;
  return SUCCESS;
}

API CUresult cuDeviceGet(CUdevice* device, int ordinal) {
  CALL(false);
  if (ordinal != 0) return INVALID_DEVICE;
  *device = 0;
  return SUCCESS;
}

API CUresult cuDeviceGetName(char* name, int length, CUdevice device) {
  CALL(false);
  if (device != 0) return INVALID_DEVICE;
  if (name == nullptr || length <= 0) return INVALID_VALUE;
  std::snprintf(name, static_cast<size_t>(length), "%s", NAME);
  return SUCCESS;
}

API CUresult cuDeviceTotalMem_v2(size_t* bytes, CUdevice device) {
  CALL(false);
  if (device != 0) return INVALID_DEVICE;
  *bytes = arena::CAPACITY;
  return SUCCESS;
}

API CUresult cuDeviceGetAttribute(int* value, int attribute, CUdevice device) {
  CALL(false);
  if (device != 0) return INVALID_DEVICE;
  const auto found = attributes().find(attribute);
  if (attribute < 1 || attribute > 200) return INVALID_VALUE;
  *value = found == attributes().end() ? 0 : found->second;
  return SUCCESS;
}

API CUresult cuDeviceComputeCapability(int* major, int* minor, CUdevice device) {
  CALL(false);
  if (device != 0) return INVALID_DEVICE;
  *major = 8;
  *minor = 0;
  return SUCCESS;
}

API CUresult cuDeviceGetUuid(void* uuid, CUdevice device) {
  CALL(false);
  if (device != 0) return INVALID_DEVICE;
  std::memcpy(uuid, "scoria stand-in", 16);
  return SUCCESS;
}

API CUresult cuDeviceGetPCIBusId(char* id, int length, CUdevice device) {
  CALL(false);
  if (device != 0) return INVALID_DEVICE;
  std::snprintf(id, static_cast<size_t>(length), "0000:01:00.0");
  return SUCCESS;
}

API CUresult cuDeviceCanAccessPeer(int* can, CUdevice, CUdevice) {
  CALL(false);
  *can = 0;
  return SUCCESS;
}

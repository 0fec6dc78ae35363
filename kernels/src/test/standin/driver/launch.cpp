// Launches: what the driver refuses at once, and the copy of the arguments.
#include <cstring>

#include "../run/block.h"
#include "module.h"
#include "state.h"

namespace {
// Arguments as they were at the call: one piece of memory and a pointer to each.
struct Arguments {
  std::vector<char> bytes;
  std::vector<void*> pointers;

  Arguments(const KernelEntry& entry, void** values) {
    size_t size = 0;
    std::vector<size_t> at;
    for (unsigned int i = 0; i < entry.count; i++) {
      size = (size + 15) / 16 * 16;
      at.push_back(size);
      size += entry.size(i);
    }
    bytes.resize(size + 16);
    const size_t skew = (16 - reinterpret_cast<uintptr_t>(bytes.data()) % 16) % 16;
    for (unsigned int i = 0; i < entry.count; i++) {
      pointers.push_back(bytes.data() + skew + at[i]);
      std::memcpy(pointers[i], values[i], entry.size(i));
    }
  }
  Arguments(const Arguments&) = delete;
};
}  // namespace

API CUresult cuLaunchKernel(CUfunction function, unsigned int grid_x, unsigned int grid_y,
                            unsigned int grid_z, unsigned int block_x, unsigned int block_y,
                            unsigned int block_z, unsigned int shared, CUstream stream,
                            void** values, void** extra) {
  CALL();
  if (state().functions.count(function) == 0) return INVALID_HANDLE;
  if (!is_stream(stream)) return INVALID_HANDLE;
  if (extra != nullptr) return NOT_SUPPORTED;
  const KernelEntry& entry = *function->entry;
  if (entry.count > 0 && values == nullptr) return INVALID_VALUE;
  if (grid_x == 0 || grid_y == 0 || grid_z == 0 || block_x == 0 || block_y == 0 || block_z == 0) {
    return INVALID_VALUE;
  }
  if (grid_x > 2147483647u || grid_y > 65535 || grid_z > 65535) return INVALID_VALUE;
  if (block_x > 1024 || block_y > 1024 || block_z > 64) return INVALID_VALUE;
  const unsigned long long threads = 1ull * block_x * block_y * block_z;
  if (threads > 1024) return INVALID_VALUE;
  if (entry.bounds != 0 && threads > entry.bounds) return LAUNCH_OUT_OF_RESOURCES;
  if (shared > function->most_dynamic && shared + function->static_shared > 49152) {
    return INVALID_VALUE;
  }
  Launch launch;
  launch.function = function;
  launch.grid = {grid_x, grid_y, grid_z};
  launch.block = {block_x, block_y, block_z};
  launch.dynamic_shared = shared;
  auto arguments = std::make_shared<Arguments>(entry, values);
  return submit(stream, {Kind::KERNEL,
                         [launch, arguments] { return run(launch, arguments->pointers.data()); }});
}

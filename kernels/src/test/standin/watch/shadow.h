// What the watch remembers of every four bytes of device memory and of shared memory.
#pragma once
#include <cstddef>
#include <cstdint>

#include "../driver/cuda.h"

namespace shadow {
// Who touched the bytes last, and where. A stamp is block (32 bits), thread (10), time (21), atomic
// (1); blocks are numbered through the life of the process, so nothing need be cleared between
// launches.
struct Cell {
  uint64_t write;
  uint64_t read, other_read;  // two readers, so that one of them is not the writer to come
  uint32_t write_place;  // 24 bits of the code's address in its module, 4 written, 4 initialised
  uint32_t read_place;   // 24 bits likewise, 4 of the first reader, 4 of the other
};

Cell* global(uintptr_t address);

// For the host: bytes were given a value; copied within the device; are read from the host.
void written(uintptr_t address, size_t bytes);
void copied(uintptr_t to, uintptr_t from, size_t bytes);
CUresult read_by_host(uintptr_t address, size_t bytes);

// The range was freed; it is fresh when it is used again.
void forget(uintptr_t address, size_t bytes);

// Whether all the bytes were given a value; `first` is the first that was not.
bool initialised(uintptr_t address, size_t bytes, uintptr_t* first);
}  // namespace shadow

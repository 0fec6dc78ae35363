// Device memory: a range of the process' own addresses, so that a kernel reads and writes it as it
// is.
//
// Addresses are handed out in order and come again only when the whole range has been used once, so
// a block that was freed stays recognisable for long. Fresh memory is filled with NaNs.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace arena {
constexpr size_t CAPACITY = 8ull << 30;  // what the device says it has
constexpr size_t RANGE = 64ull << 30;    // addresses
constexpr size_t PAGE = 4096;

struct Block {
  uintptr_t address;
  size_t bytes;
  unsigned long long number;  // the how-manieth allocation of the process
};

// 0 where there is not enough memory.
uintptr_t allocate(size_t bytes);
// False where no live block starts there.
bool release(uintptr_t address);

// Within the range at all; such an address is the device's, whether it is allocated or not.
bool inside(uintptr_t address);
uintptr_t base();
size_t used();

// The live block that holds the address, or nullptr.
const Block* find(uintptr_t address);
// Every live block.
void each(const std::function<void(const Block&)>& f);
// A sentence's end about an address that is in no block: which is nearest, which was freed.
std::string describe(uintptr_t address);
// Counts up with every allocation and release, for those who remember a block.
extern unsigned long long changes;
}  // namespace arena

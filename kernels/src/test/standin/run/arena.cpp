#include "arena.h"

#include <sys/mman.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <map>

#include "../watch/shadow.h"

namespace arena {
namespace {
struct Space {
  uintptr_t base;
  uintptr_t next;
  size_t used = 0;
  unsigned long long count = 0;
  std::map<uintptr_t, Block> live;
  std::deque<Block> freed;  // the last ones, for messages

  Space() {
    void* at = mmap(nullptr, RANGE, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at == MAP_FAILED) {
      std::perror("scoria stand-in: no addresses for device memory");
      std::abort();
    }
    // Huge pages would make one small block cost 2 MiB.
    madvise(at, RANGE, MADV_NOHUGEPAGE);
    base = next = reinterpret_cast<uintptr_t>(at);
  }
};

Space& space() {
  static Space* the = new Space;
  return *the;
}

// A page more than the block needs: its neighbour is never just behind it.
size_t footprint(size_t bytes) { return (bytes + PAGE) / PAGE * PAGE + PAGE; }

// The next gap of that size at or after `next`, starting again once at the range's begin.
uintptr_t gap(Space& s, size_t size) {
  for (int turn = 0; turn < 2; turn++) {
    uintptr_t at = s.next;
    for (;;) {
      auto behind = s.live.lower_bound(at);
      const uintptr_t end = behind == s.live.end() ? s.base + RANGE : behind->first;
      if (end - at >= size) return at;
      if (behind == s.live.end()) break;
      at = behind->first + footprint(behind->second.bytes);
    }
    s.next = s.base;
  }
  return 0;
}
}  // namespace

unsigned long long changes = 0;

uintptr_t base() { return space().base; }
size_t used() { return space().used; }
bool inside(uintptr_t address) { return address - base() < RANGE; }

uintptr_t allocate(size_t bytes) {
  Space& s = space();
  if (bytes > CAPACITY - s.used) return 0;
  const size_t size = footprint(bytes);
  const uintptr_t at = gap(s, size);
  if (at == 0) return 0;
  s.next = at + size;
  s.used += bytes;
  changes++;
  s.live[at] = Block{at, bytes, ++s.count};
  // What nobody wrote is NaN, as long as filling it does not itself take the memory of the machine.
  if (bytes <= (256u << 20)) std::memset(reinterpret_cast<void*>(at), 0xff, bytes);
  return at;
}

bool release(uintptr_t address) {
  Space& s = space();
  const auto found = s.live.find(address);
  if (found == s.live.end()) return false;
  const Block block = found->second;
  s.live.erase(found);
  s.used -= block.bytes;
  changes++;
  s.freed.push_back(block);
  if (s.freed.size() > 4096) s.freed.pop_front();
  madvise(reinterpret_cast<void*>(address), footprint(block.bytes), MADV_DONTNEED);
  shadow::forget(address, footprint(block.bytes));
  return true;
}

const Block* find(uintptr_t address) {
  Space& s = space();
  auto after = s.live.upper_bound(address);
  if (after == s.live.begin()) return nullptr;
  --after;
  const Block& block = after->second;
  return address - block.address < block.bytes ? &block : nullptr;
}

void each(const std::function<void(const Block&)>& f) {
  for (const auto& one : space().live) f(one.second);
}

std::string describe(uintptr_t address) {
  char text[200];
  Space& s = space();
  for (auto block = s.freed.rbegin(); block != s.freed.rend(); ++block) {
    if (address - block->address < block->bytes) {
      std::snprintf(text, sizeof text, "byte %zu of allocation %llu of %zu bytes, which was freed",
                    address - block->address, block->number, block->bytes);
      return text;
    }
  }
  auto after = s.live.upper_bound(address);
  const Block* before = after == s.live.begin() ? nullptr : &std::prev(after)->second;
  const Block* behind = after == s.live.end() ? nullptr : &after->second;
  if (before != nullptr && address - before->address < before->bytes) {
    std::snprintf(text, sizeof text, "byte %zu of allocation %llu of %zu bytes",
                  address - before->address, before->number, before->bytes);
    return text;
  }
  const uintptr_t past = before ? address - (before->address + before->bytes) : UINTPTR_MAX;
  const uintptr_t ahead = behind ? behind->address - address : UINTPTR_MAX;
  if (before == nullptr && behind == nullptr) return "device memory, of which nothing is allocated";
  if (past <= ahead) {
    std::snprintf(text, sizeof text, "%zu bytes past the end of allocation %llu of %zu bytes", past,
                  before->number, before->bytes);
  } else {
    std::snprintf(text, sizeof text, "%zu bytes before allocation %llu of %zu bytes", ahead,
                  behind->number, behind->bytes);
  }
  return text;
}
}  // namespace arena

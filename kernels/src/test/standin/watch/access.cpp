// Every load and store of a watched kernel comes here before it happens.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "../driver/state.h"
#include "../run/arena.h"
#include "../run/fiber.h"
#include "report.h"
#include "shadow.h"
#include "watch.h"

using report::failed;
using report::news;
using report::text;
using report::where;
using shadow::Cell;

namespace {
enum Op { READ, WRITE, ATOMIC };

// A piece of memory that may be touched, found for an address before.
struct Range {
  uintptr_t low = 1, high = 0;
};

struct {
  int wanted = -1;
  bool on = false;  // while a watched launch runs
  uintptr_t stacks, arena;
  Cell* cells;  // of the arena
  uintptr_t shared_low, shared_high;
  const Module* module;
  std::vector<Cell> shared;
  uint32_t first_block = 1, block = 0;  // numbers of the launch's first block and of this one
  uint64_t launch_stamp, block_stamp;   // the same, where a stamp has them
  unsigned long long changes = 0;
  Range global_ranges[64], shared_ranges[256];
  // Of blocks of this launch: the last time of a __threadfence, and whether an atomic was done.
  std::vector<std::pair<uint32_t, uint32_t>> fences;  // block, time
  bool atomic_done;
} now;

constexpr uint64_t TIME = (1u << 21) - 1;

uint64_t stamp(bool atomic) {
  return now.block_stamp | self.thread | std::min<uint64_t>(self.time, TIME) << 1 | atomic;
}
uint32_t block_of(uint64_t s) { return static_cast<uint32_t>(s >> 32); }
unsigned int thread_of(uint64_t s) { return s >> 22 & 1023; }
uint32_t time_of(uint64_t s) { return static_cast<uint32_t>(s >> 1 & TIME); }
bool is_atomic(uint64_t s) { return (s & 1) != 0; }

const char* verb(Op op) {
  return op == READ ? "reads" : op == WRITE ? "writes" : "changes atomically";
}

std::string shared_name(uintptr_t a) {
  for (const Symbol& symbol : now.module->symbols) {
    if (a - symbol.address >= symbol.bytes) continue;
    if (&symbol == now.module->dynamic) {
      return "byte " + std::to_string(a - symbol.address) + " of dynamic shared memory of " +
             std::to_string(block.launch.dynamic_shared) + " bytes";
    }
    if (symbol.guard) break;
    return "byte " + std::to_string(a - symbol.address) + " of shared variable " + symbol.name +
           " of " + std::to_string(symbol.bytes) + " bytes";
  }
  const Symbol* near = nullptr;
  for (const Symbol& symbol : now.module->symbols) {
    if (symbol.shared && !symbol.guard && symbol.address + symbol.bytes <= a) near = &symbol;
  }
  if (near == nullptr) return "shared memory outside of every variable";
  return std::to_string(a - near->address - near->bytes) +
         " bytes past the end of shared variable " + near->name + " of " +
         std::to_string(near->bytes) + " bytes";
}

bool in_shared(uintptr_t a) { return a - now.shared_low < now.shared_high - now.shared_low; }

std::string describe(uintptr_t a) {
  if (arena::inside(a)) return arena::describe(a);
  if (in_shared(a)) return shared_name(a);
  if (a < 4096) return "a null pointer";
  return "memory that is not the device's";
}

[[noreturn]] void bad(uintptr_t a, unsigned int size, Op op, uintptr_t code, const char* kind,
                      CUresult result) {
  std::string at;
  if (news(kind, code, &at)) {
    report::add(std::string(kind) + ": " + where() + " " + verb(op) + " " + std::to_string(size) +
                " bytes at " + at + ": " + describe(a));
  }
  failed(result);
  stop_launch();
}

[[gnu::noinline]] void find_global(uintptr_t a, unsigned int size, Op op, uintptr_t code,
                                   Range& range) {
  const arena::Block* found = arena::find(a);
  if (found == nullptr || a + size > found->address + found->bytes) {
    const bool freed = found == nullptr && arena::describe(a).find("freed") != std::string::npos;
    bad(found == nullptr ? a : found->address + found->bytes, size, op, code,
        freed ? "use after free" : "out of bounds", ILLEGAL_ADDRESS);
  }
  range = {found->address, found->address + found->bytes};
}

// False for a variable of the device, which lies between the shared ones.
[[gnu::noinline]] bool find_shared(uintptr_t a, unsigned int size, Op op, uintptr_t code,
                                   Range& range) {
  for (const Symbol& symbol : now.module->symbols) {
    if (a - symbol.address >= symbol.bytes) continue;
    if (!symbol.shared) return false;
    if (symbol.guard) break;
    const uintptr_t bytes =
        &symbol == now.module->dynamic ? block.launch.dynamic_shared : symbol.bytes;
    if (a + size > symbol.address + bytes) break;
    range = {symbol.address, symbol.address + bytes};
    return true;
  }
  bad(a, size, op, code, "out of bounds", ILLEGAL_ADDRESS);
}

[[gnu::noinline]] void elsewhere(uintptr_t a, unsigned int size, Op op, uintptr_t code) {
  if (a >= now.module->text && a + size <= now.module->end) return;
  if (a - reinterpret_cast<uintptr_t>(&__scoria_now) < sizeof __scoria_now) return;
  if (is_pinned(reinterpret_cast<void*>(a), size)) return;
  bad(a, size, op, code, "out of bounds", ILLEGAL_ADDRESS);
}

[[gnu::noinline]] bool unordered_blocks(uint64_t s) {
  // A block that fences what it wrote and counts itself done, and one that reads the count.
  if (!now.atomic_done) return true;
  for (const auto& fence : now.fences) {
    if (fence.first == block_of(s)) return fence.second <= time_of(s);
  }
  return true;
}

// Whether an access of another thread is not ordered before what the current thread does now.
// Stamps before the `oldest` are over: those of earlier launches, and for shared memory those of
// all but this block.
inline bool unordered(uint64_t s, uint64_t oldest) {
  if (s < oldest) return false;
  const uint64_t differs = s ^ (now.block_stamp | self.thread);
  if (differs >> 22 == 0) return false;
  if (differs >> 32 != 0) return unordered_blocks(s);
  const uint32_t time = time_of(s);
  if (time < self.since) return false;
  return differs >> 27 != 0 || time >= self.warp_since;
}

[[gnu::noinline]] void race(uintptr_t a, unsigned int size, Op op, uintptr_t code, uint64_t other,
                            Op its_op, uint32_t its_code) {
  std::string at;
  if (news("race", code, &at)) {
    const bool here = block_of(other) == now.block;
    std::string line = "race: " + where() + " " + verb(op) + " " + std::to_string(size) +
                       " bytes at " + at + " that ";
    if (here) {
      line += "thread " + text(thread_place(thread_of(other)));
    } else {
      const uint32_t n = block_of(other) - now.first_block;
      const Three g = block.launch.grid;
      line += "thread " + text(thread_place(thread_of(other))) + " of block " +
              text({n % g.x, n / g.x % g.y, n / g.x / g.y});
    }
    line += its_op == READ ? " reads" : is_atomic(other) ? " changes atomically" : " writes";
    line += " at " + report::place(now.module->text + its_code);
    line += here ? ", with no barrier between: " : ", and blocks have no order: ";
    report::add(line + describe(a));
  }
  failed(LAUNCH_FAILED);
}

[[gnu::noinline]] void uninitialised(uintptr_t a, unsigned int size, Op op, uintptr_t code) {
  std::string at;
  if (news("uninitialised", code, &at)) {
    report::add("uninitialised read: " + where() + " " + verb(op) + " " + std::to_string(size) +
                " bytes at " + at + " that nothing wrote: " + describe(a));
  }
  failed(LAUNCH_FAILED);
}

template <Op OP>
[[gnu::always_inline]] inline void touch(Cell& cell, uint32_t mask, bool is_shared, uintptr_t a,
                                         unsigned int size, uintptr_t code) {
  const uint64_t s = stamp(OP == ATOMIC);
  const uint32_t offset = static_cast<uint32_t>(code - now.module->text) << 8;
  const uint64_t oldest = is_shared ? now.block_stamp : now.launch_stamp;
  // Shared memory holds nothing at the begin of a block.
  uint32_t initialised = cell.write_place & 15u;
  if (is_shared && cell.write < oldest) initialised = 0;
  if (OP != WRITE && (mask & ~initialised) != 0) uninitialised(a, size, OP, code);
  if ((cell.write_place >> 4 & mask) != 0 && !(OP == ATOMIC && is_atomic(cell.write)) &&
      unordered(cell.write, oldest)) {
    race(a, size, OP, code, cell.write, WRITE, cell.write_place >> 8);
  }
  if (OP == READ) {
    const bool mine = cell.read >> 22 == s >> 22;
    if (mine || !unordered(cell.read, oldest)) {
      const uint32_t kept = mine && cell.read == s ? cell.read_place >> 4 & 15u : 0;
      cell.read = s;
      cell.read_place = offset | (kept | mask) << 4 | (cell.read_place & 15u);
    } else {
      cell.other_read = s;
      cell.read_place = (cell.read_place & ~15u) | mask;
    }
    return;
  }
  if ((cell.read_place >> 4 & mask) != 0 && unordered(cell.read, oldest)) {
    race(a, size, OP, code, cell.read, READ, cell.read_place >> 8);
  } else if ((cell.read_place & mask) != 0 && unordered(cell.other_read, oldest)) {
    race(a, size, OP, code, cell.other_read, READ, cell.read_place >> 8);
  }
  const uint32_t kept = cell.write == s ? cell.write_place >> 4 & 15u : 0;
  cell.write = s;
  cell.write_place = offset | (kept | mask) << 4 | initialised | mask;
}

// Of any bytes.
template <Op OP>
[[gnu::noinline]] void pieces(uintptr_t a, unsigned int size, uintptr_t code, bool is_shared,
                              Cell* cell) {
  const uintptr_t end = a + size;
  for (uintptr_t at = a; at < end; cell++) {
    const uintptr_t begin = at & ~uintptr_t{3};
    const uintptr_t stop = std::min(end, begin + 4);
    touch<OP>(*cell, (1u << (stop - begin)) - (1u << (at - begin)), is_shared, a, size, code);
    at = stop;
  }
}

// The cell of an address that may be touched, or nullptr for one that is not watched.
template <Op OP>
inline Cell* find(uintptr_t a, unsigned int size, uintptr_t code, bool* is_shared) {
  if (!now.on || a - now.stacks < fiber::STACK * fiber::MOST) return nullptr;
  if (a - now.arena < arena::RANGE) {
    Range& range = now.global_ranges[a >> 12 & 63];
    if (a < range.low || a + size > range.high) find_global(a, size, OP, code, range);
    *is_shared = false;
    return now.cells + (a - now.arena) / 4;
  }
  if (in_shared(a)) {
    Range& range = now.shared_ranges[a >> 8 & 255];
    if ((a < range.low || a + size > range.high) && !find_shared(a, size, OP, code, range)) {
      return nullptr;
    }
    *is_shared = true;
    return now.shared.data() + (a - now.shared_low) / 4;
  }
  elsewhere(a, size, OP, code);
  return nullptr;
}

// Of SIZE bytes at a multiple of SIZE: the common case.
template <Op OP, unsigned int SIZE>
inline void access(uintptr_t a, uintptr_t code) {
  bool is_shared = false;
  Cell* cell = find<OP>(a, SIZE, code, &is_shared);
  if (cell == nullptr) return;
  if ((a & (SIZE - 1)) != 0) bad(a, SIZE, OP, code, "misaligned", MISALIGNED_ADDRESS);
  if (SIZE < 4) {
    touch<OP>(*cell, ((1u << SIZE) - 1) << (a & 3), is_shared, a, SIZE, code);
  } else {
    for (unsigned int i = 0; i < SIZE / 4; i++) touch<OP>(cell[i], 15, is_shared, a, SIZE, code);
  }
}

template <Op OP>
inline void any_access(uintptr_t a, unsigned int size, uintptr_t code) {
  bool is_shared = false;
  Cell* cell = find<OP>(a, size, code, &is_shared);
  if (cell != nullptr) pieces<OP>(a, size, code, is_shared, cell);
}
}  // namespace

namespace watch {
bool wanted() {
  if (now.wanted < 0) {
    const char* said = std::getenv("SCORIA_STANDIN_WATCH");
    now.wanted = said == nullptr || std::strcmp(said, "0") != 0;
  }
  return now.wanted == 1;
}

void begin_launch() {
  now.module = block.launch.function->module;
  report::begin_launch();
  if (!wanted() || !now.module->watched) return;
  now.stacks = fiber::stacks();
  now.arena = arena::base();
  now.cells = shadow::global(now.arena);
  now.shared_low = now.module->shared_low & ~uintptr_t{3};
  now.shared_high = now.module->shared_high;
  const size_t cells = (now.shared_high - now.shared_low) / 4 + 1;
  if (now.shared.size() < cells) now.shared.resize(cells);
  if (now.changes != arena::changes) {
    now.changes = arena::changes;
    std::fill(std::begin(now.global_ranges), std::end(now.global_ranges), Range{});
  }
  std::fill(std::begin(now.shared_ranges), std::end(now.shared_ranges), Range{});
  now.first_block = now.block + 1;
  now.launch_stamp = uint64_t{now.first_block} << 32;
  now.fences.clear();
  now.on = true;
}

void begin_block() {
  now.block++;
  now.block_stamp = uint64_t{now.block} << 32;
  now.atomic_done = false;
}

void end_launch() {
  now.on = false;
  // What an unwatched kernel wrote is not known; all that is allocated passes as written.
  if (wanted() && !now.module->watched) {
    arena::each([](const arena::Block& b) { shadow::written(b.address, b.bytes); });
  }
}

void unload(const Module* module) {
  if (now.module == module) now.module = nullptr;
}

}  // namespace watch

// Whether kernels that are loaded from now on are watched; what is allocated passes as written.
API void scoriaStandinWatch(int on) {
  const std::lock_guard<std::recursive_mutex> lock(state().mutex);
  const bool before = watch::wanted();
  now.wanted = on != 0;
  if (!before && on != 0) {
    arena::each([](const arena::Block& b) { shadow::written(b.address, b.bytes); });
  }
}

API void __scoria_fence() {
  if (!now.on) return;
  block.time++;
  if (now.fences.empty() || now.fences.back().first != now.block) {
    now.fences.emplace_back(now.block, block.time);
  }
  now.fences.back().second = block.time;
  refresh_self();
}

#define CODE reinterpret_cast<uintptr_t>(__builtin_return_address(0))
API void __scoria_atomic(void* p, unsigned int size) {
  const uintptr_t a = reinterpret_cast<uintptr_t>(p);
  if (size == 4) {
    access<ATOMIC, 4>(a, CODE);
  } else {
    access<ATOMIC, 8>(a, CODE);
  }
  now.atomic_done = true;
}

#define ADDRESS reinterpret_cast<uintptr_t>(p)
#define WATCH(SIZE)                                                                        \
  API void __tsan_read##SIZE(void* p) { access<READ, SIZE>(ADDRESS, CODE); }               \
  API void __tsan_write##SIZE(void* p) { access<WRITE, SIZE>(ADDRESS, CODE); }             \
  API void __tsan_unaligned_read##SIZE(void* p) { any_access<READ>(ADDRESS, SIZE, CODE); } \
  API void __tsan_unaligned_write##SIZE(void* p) { any_access<WRITE>(ADDRESS, SIZE, CODE); }
WATCH(1)
WATCH(2)
WATCH(4)
WATCH(8)
WATCH(16)
API void __tsan_read_range(void* p, unsigned long size) {
  any_access<READ>(ADDRESS, static_cast<unsigned int>(size), CODE);
}
API void __tsan_write_range(void* p, unsigned long size) {
  any_access<WRITE>(ADDRESS, static_cast<unsigned int>(size), CODE);
}
API void __tsan_init() {}
API void __tsan_func_entry(void*) {}
API void __tsan_func_exit() {}

#include "shadow.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "../run/arena.h"
#include "report.h"
#include "watch.h"

namespace shadow {
namespace {
Cell* cells() {
  static Cell* const the = [] {
    const size_t size = arena::RANGE / 4 * sizeof(Cell);
    void* at = mmap(nullptr, size, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at == MAP_FAILED) {
      std::perror(
          "scoria stand-in: no addresses for the watch; SCORIA_STANDIN_WATCH=0 does without");
      std::abort();
    }
    madvise(at, size, MADV_NOHUGEPAGE);
    return static_cast<Cell*>(at);
  }();
  return the;
}

// Calls f(cell, mask of its bytes) for every cell of a range.
template <class F>
void each(uintptr_t address, size_t bytes, F f) {
  const uintptr_t end = address + bytes;
  while (address < end) {
    const uintptr_t cell = address & ~uintptr_t{3};
    const uintptr_t stop = std::min(end, cell + 4);
    f(*global(cell), (1u << (stop - cell)) - (1u << (address - cell)), cell);
    address = stop;
  }
}
}  // namespace

Cell* global(uintptr_t address) { return cells() + (address - arena::base()) / 4; }

void written(uintptr_t address, size_t bytes) {
  if (!watch::wanted() || !arena::inside(address)) return;
  each(address, bytes, [](Cell& cell, uint32_t mask, uintptr_t) { cell.write_place |= mask; });
}

void copied(uintptr_t to, uintptr_t from, size_t bytes) {
  if (!watch::wanted() || !arena::inside(to)) return;
  if (!arena::inside(from)) {
    written(to, bytes);
    return;
  }
  if (((to | from | bytes) & 3) == 0) {
    for (size_t i = 0; i < bytes; i += 4) {
      uint32_t& place = global(to + i)->write_place;
      place = (place & ~15u) | (global(from + i)->write_place & 15u);
    }
    return;
  }
  for (size_t i = 0; i < bytes; i++) {
    const uintptr_t a = from + i, b = to + i;
    const uint32_t bit = global(a)->write_place >> (a & 3) & 1u;
    uint32_t& place = global(b)->write_place;
    place = (place & ~(1u << (b & 3))) | bit << (b & 3);
  }
}

bool initialised(uintptr_t address, size_t bytes, uintptr_t* first) {
  bool all = true;
  each(address, bytes, [&](const Cell& cell, uint32_t mask, uintptr_t at) {
    const uint32_t missing = mask & ~cell.write_place & 15u;
    if (missing != 0 && all) {
      all = false;
      *first = at + static_cast<uintptr_t>(__builtin_ctz(missing));
    }
  });
  return all;
}

CUresult read_by_host(uintptr_t address, size_t bytes) {
  uintptr_t first;
  if (!watch::wanted() || !arena::inside(address) || initialised(address, bytes, &first)) {
    return SUCCESS;
  }
  report::add("uninitialised read: a copy of " + std::to_string(bytes) +
              " bytes to the host reads " + arena::describe(first) + ", which nothing wrote");
  return LAUNCH_FAILED;
}

void forget(uintptr_t address, size_t bytes) {
  if (!watch::wanted()) return;
  madvise(global(address), bytes / 4 * sizeof(Cell), MADV_DONTNEED);
}
}  // namespace shadow

// Operations of a warp: the last thread of the mask to come works out what each one gets.
#include "../watch/watch.h"
#include "block.h"

namespace {
// As the shim's warps.h numbers them.
enum { SYNC, BALLOT, MATCH, SHUFFLE, UP, DOWN, XOR };

// The lane that a thread of a shuffle wants to read; its own where the width ends.
unsigned int source(const Thread& t, unsigned int lane) {
  const unsigned int width = static_cast<unsigned int>(t.width);
  const unsigned int first = lane / width * width;
  const unsigned int with = static_cast<unsigned int>(t.with);
  switch (t.kind) {
    case SHUFFLE:
      return first + with % width;
    case UP:
      return lane < first + with ? lane : lane - with;
    case DOWN:
      return lane + with >= first + width ? lane : lane + with;
    default: {
      const unsigned int to = lane ^ with;
      return to >= first + width ? lane : to;
    }
  }
}

unsigned int lanes_of(unsigned int first) {
  const unsigned int left = block.count - first;
  return left < 32 ? left : 32;
}

// Whether all threads that the mask names and that have not ended wait at the same operation.
bool complete(unsigned int first, const Thread& one, unsigned int* present) {
  const Warp& warp = block.warps[first / 32];
  const unsigned int exist = ~0u >> (32 - lanes_of(first));
  if ((one.mask & exist & ~(warp.waiting | warp.done)) != 0) return false;
  *present = 0;
  for (unsigned int lane = 0; lane < lanes_of(first); lane++) {
    const Thread& t = block.threads[first + lane];
    if ((one.mask >> lane & 1u) == 0 || t.doing == Doing::DONE) continue;
    if (t.doing != Doing::AT_WARP || t.kind != one.kind || t.mask != one.mask ||
        t.site.line != one.site.line || t.site.file != one.site.file) {
      return false;
    }
    *present |= 1u << lane;
  }
  return true;
}

void answer(unsigned int first, unsigned int present, unsigned int finder) {
  block.time++;
  block.warps[first / 32].waiting &= ~present;
  unsigned int ballot = 0;
  for (unsigned int lane = 0; lane < 32; lane++) {
    if ((present >> lane & 1u) != 0 && block.threads[first + lane].value != 0) ballot |= 1u << lane;
  }
  for (unsigned int lane = 0; lane < 32; lane++) {
    if ((present >> lane & 1u) == 0) continue;
    Thread& t = block.threads[first + lane];
    if (t.kind == SYNC) {
      // Only this one orders memory; a shuffle or a vote does not.
      t.warp_since = block.time;
    } else if (t.kind == BALLOT) {
      t.answer = ballot;
    } else if (t.kind == MATCH) {
      t.answer = 0;
      for (unsigned int other = 0; other < 32; other++) {
        if ((present >> other & 1u) != 0 && block.threads[first + other].value == t.value) {
          t.answer |= 1ull << other;
        }
      }
    } else {
      const unsigned int from = source(t, lane);
      if ((present >> from & 1u) != 0) {
        t.answer = block.threads[first + from].value;
      } else {
        // On a device it would be any number. What is wrong is told by the watch.
        watch::absent_lane(first + lane, from);
        t.answer = ~0ull;
      }
    }
  }
  for (unsigned int lane = 0; lane < 32; lane++) {
    const unsigned int thread = first + lane;
    if ((present >> lane & 1u) != 0 && thread != finder) make_ready(thread);
  }
}
}  // namespace

void warp_changed(unsigned int thread) {
  const unsigned int first = thread / 32 * 32;
  for (unsigned int lane = 0; lane < lanes_of(first); lane++) {
    const Thread& t = block.threads[first + lane];
    unsigned int present;
    if (t.doing == Doing::AT_WARP && complete(first, t, &present)) answer(first, present, ~0u);
  }
}

extern "C" __attribute__((visibility("default"))) unsigned long long __scoria_warp(
    int kind, unsigned int mask, unsigned long long value, int with, int width, const char* file,
    unsigned int line) {
  const unsigned int thread = block.current;
  const unsigned int first = thread / 32 * 32;
  Thread& t = block.threads[thread];
  t.site = {file, line};
  t.kind = kind;
  t.mask = mask;
  t.value = value;
  t.with = with;
  t.width = width;
  if ((mask >> (thread % 32) & 1u) == 0 || width < 1 || width > 32 || (width & (width - 1)) != 0) {
    watch::wrong_mask();
    stop_launch();
  }
  t.doing = Doing::AT_WARP;
  block.warps[thread / 32].waiting |= 1u << thread % 32;
  unsigned int present;
  if (complete(first, t, &present)) {
    t.doing = Doing::READY;
    answer(first, present, thread);
    refresh_self();
  } else {
    wait_here();
  }
  return block.threads[thread].answer;
}

// The threads of the warp that are together here: those that have not ended.
extern "C" __attribute__((visibility("default"))) unsigned int __scoria_active() {
  const unsigned int first = block.current / 32 * 32;
  unsigned int active = 0;
  for (unsigned int lane = 0; lane < lanes_of(first); lane++) {
    if (block.threads[first + lane].doing != Doing::DONE) active |= 1u << lane;
  }
  return active;
}

#include "block.h"

#include <vector>

#include "../watch/watch.h"
#include "fiber.h"

Place __scoria_now;
Block block;
Self self;

namespace {
void* scheduler;  // its stack pointer while a thread runs
void* const* arguments_now;
unsigned int ready[1024], ready_first, ready_count;
unsigned int free_fibers[fiber::MOST], free_count;
unsigned int fiber_now;

void enter(unsigned int thread) {
  block.current = thread;
  __scoria_now.thread = block.threads[thread].place;
  refresh_self();
}

// What a fiber does: threads that have not started, one after the other.
void run_threads() {
  for (;;) {
    const unsigned int thread = block.started++;
    enter(thread);
    block.threads[thread].fiber = fiber_now;
    block.launch.function->entry->call(arguments_now);
    block.threads[thread].doing = Doing::DONE;
    block.done++;
    Warp& warp = block.warps[thread / 32];
    warp.done |= 1u << thread % 32;
    if (warp.waiting != 0) warp_changed(thread);
    // fiber_now may be another's by now: this one is the one that the ended thread ran on.
    fiber_now = block.threads[thread].fiber;
    if (ready_count > 0 || block.started == block.count) {
      free_fibers[free_count++] = fiber_now;
      void* ignored;
      fiber::scoria_switch(&ignored, scheduler);
    }
  }
}

void resume(unsigned int thread) {
  enter(thread);
  Thread& t = block.threads[thread];
  fiber_now = t.fiber;
  fiber::scoria_switch(&scheduler, t.stack);
}

// Nobody can go on. Either all wait at one barrier, and it opens, or the block is stuck.
bool open_barrier() {
  const Thread& first = block.threads[0];
  int sum = 0;
  for (unsigned int i = 0; i < block.count; i++) {
    const Thread& t = block.threads[i];
    const bool same = t.doing == Doing::AT_BARRIER && t.kind == first.kind &&
                      t.site.line == first.site.line && t.site.file == first.site.file;
    if (!same) {
      watch::divergent();
      return false;
    }
    sum += t.value != 0;
  }
  block.time++;
  for (unsigned int i = 0; i < block.count; i++) {
    Thread& t = block.threads[i];
    t.since = t.warp_since = block.time;
    switch (t.kind) {
      case 1:
        t.answer = static_cast<unsigned long long>(sum);
        break;
      case 2:
        t.answer = sum == static_cast<int>(block.count);
        break;
      default:
        t.answer = sum != 0;
    }
    make_ready(i);
  }
  return true;
}

void run_block() {
  for (unsigned int i = 0; i < block.count; i++) {
    Thread& t = block.threads[i];
    t.doing = Doing::NOT_STARTED;
    t.since = t.warp_since = 0;
  }
  block.started = block.done = 0;
  block.time = 1;
  ready_first = ready_count = 0;
  for (Warp& warp : block.warps) warp = {0, 0};
  while (!block.stopped) {
    if (ready_count > 0) {
      const unsigned int thread = ready[ready_first];
      ready_first = (ready_first + 1) % 1024;
      ready_count--;
      resume(thread);
    } else if (block.started < block.count) {
      fiber_now = free_fibers[--free_count];
      void* stack = fiber::prepare(fiber_now, run_threads);
      fiber::scoria_switch(&scheduler, stack);
    } else if (block.done == block.count || !open_barrier()) {
      return;
    }
  }
}
}  // namespace

void make_ready(unsigned int thread) {
  block.threads[thread].doing = Doing::READY;
  ready[(ready_first + ready_count++) % 1024] = thread;
}

void wait_here() {
  Thread& t = block.threads[block.current];
  fiber::scoria_switch(&t.stack, scheduler);
}

void stop_launch() {
  block.stopped = true;
  void* ignored;
  // The stacks are given up as they are: kernels own nothing that must be destroyed.
  fiber::scoria_switch(&ignored, scheduler);
  __builtin_unreachable();
}

CUresult run(const Launch& launch, void* const* arguments) {
  block.launch = launch;
  block.count = launch.block.x * launch.block.y * launch.block.z;
  const Three size = launch.block;
  for (unsigned int i = 0; i < block.count; i++) {
    block.threads[i].place = {i % size.x, i / size.x % size.y, i / size.x / size.y};
  }
  // A launch that was stopped left fibers behind; one that was not gave them all back.
  free_count = 0;
  for (unsigned int i = fiber::MOST; i-- > 0;) free_fibers[free_count++] = i;
  block.result = SUCCESS;
  block.stopped = false;
  arguments_now = arguments;
  __scoria_now.block_size = launch.block;
  __scoria_now.grid_size = launch.grid;
  watch::begin_launch();
  for (unsigned int z = 0; z < launch.grid.z && !block.stopped; z++) {
    for (unsigned int y = 0; y < launch.grid.y && !block.stopped; y++) {
      for (unsigned int x = 0; x < launch.grid.x && !block.stopped; x++) {
        __scoria_now.block = {x, y, z};
        watch::begin_block();
        run_block();
      }
    }
  }
  watch::end_launch();
  return block.result;
}

extern "C" __attribute__((visibility("default"))) int __scoria_barrier(int kind, int predicate,
                                                                       const char* file,
                                                                       unsigned int line) {
  Thread& t = block.threads[block.current];
  t.doing = Doing::AT_BARRIER;
  t.kind = kind;
  t.site = {file, line};
  t.value = static_cast<unsigned long long>(predicate);
  wait_here();
  return static_cast<int>(block.threads[block.current].answer);
}

extern "C" __attribute__((visibility("default"))) void __scoria_trap(const char* what,
                                                                     const char* file,
                                                                     unsigned int line) {
  watch::trap(what, Site{file, line});
  stop_launch();
}

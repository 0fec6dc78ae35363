// Runs a launch: its blocks one after the other, the threads of a block as fibers.
//
// A thread that never waits costs no switch: a fiber runs the threads of its block one by one and
// is left only by one that waits.
#pragma once
#include <cstdint>

#include "../driver/module.h"
#include "now.h"

struct Launch {
  const Function* function;
  Three grid, block;
  unsigned int dynamic_shared;
};

// Where a thread waits, for comparison and for messages.
struct Site {
  const char* file = nullptr;
  unsigned int line = 0;
};

enum class Doing : unsigned char { NOT_STARTED, READY, AT_BARRIER, AT_WARP, DONE };

struct Thread {
  void* stack = nullptr;  // where it stopped
  Three place;
  unsigned int fiber = 0;
  Doing doing = Doing::NOT_STARTED;
  Site site;
  // Of a barrier or warp operation: what it hands in and what it gets.
  int kind = 0;
  unsigned int mask = 0;
  int with = 0, width = 0;
  unsigned long long value = 0, answer = 0;
  // Times (Block::time) of the last synchronisation with its block and with its warp.
  unsigned int since = 0, warp_since = 0;
};

// Lanes of a warp that wait for others, and that have ended.
struct Warp {
  unsigned int waiting, done;
};

// What the watch asks of the thread that runs at every access: kept together, not worked out.
struct Self {
  uint64_t thread;  // its number, where a stamp of the watch has it
  unsigned int time, since, warp_since;
};

struct Block {
  Launch launch;
  unsigned int count;    // of threads
  unsigned int current;  // the thread that runs
  unsigned int started, done;
  unsigned int time;  // counts synchronisations
  CUresult result;    // of the launch so far
  bool stopped;       // nothing of this launch goes on
  Warp warps[32];
  Thread threads[1024];
};

extern Block block;
extern Self self;

// After the current thread, or its times, changed.
inline void refresh_self() {
  const Thread& t = block.threads[block.current];
  self = {uint64_t{block.current} << 22, block.time, t.since, t.warp_since};
}

CUresult run(const Launch& launch, void* const* arguments);

// The current thread waits: runs others and comes back when something made it READY.
void wait_here();
void make_ready(unsigned int thread);
// Ends the launch from within a kernel.
[[noreturn]] void stop_launch();
// A thread has ended: who waited for its warp may go on (run/warp.cpp).
void warp_changed(unsigned int thread);

inline Three thread_place(unsigned int thread) { return block.threads[thread].place; }

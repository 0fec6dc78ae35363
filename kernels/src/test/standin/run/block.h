// Runs a launch: its blocks one after the other, the threads of a block as fibers.
//
// A thread that never waits costs no switch: a fiber runs the threads of its block one by one and is
// left only by one that waits.
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

struct Block {
  Launch launch;
  unsigned int count;            // of threads
  unsigned int current;          // the thread that runs
  unsigned int started, done;
  unsigned int time;             // counts synchronisations
  CUresult result;               // of the launch so far
  bool stopped;                  // nothing of this launch goes on
  Thread threads[1024];
};

extern Block block;

CUresult run(const Launch& launch, void* const* arguments);

// The current thread waits: runs others and comes back when something made it READY.
void wait_here();
void make_ready(unsigned int thread);
// Ends the launch from within a kernel.
[[noreturn]] void stop_launch();
// A thread has ended: who waited for its warp may go on (run/warp.cpp).
void warp_changed(unsigned int thread);

Three thread_place(unsigned int thread);

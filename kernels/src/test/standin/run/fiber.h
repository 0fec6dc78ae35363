// Stacks of their own for the threads of a block, and the switch between them.
#pragma once
#include <cstddef>
#include <cstdint>

namespace fiber {
constexpr size_t STACK = 256 << 10;
constexpr unsigned int MOST = 1024;

// Saves the registers that a call must keep and the stack pointer, and goes on where `to` stopped.
extern "C" void scoria_switch(void** from, void* to);

// A stack pointer with which scoria_switch enters `run` on stack number i.
void* prepare(unsigned int i, void (*run)());

uintptr_t stacks();  // where the MOST stacks begin, one behind the other
}  // namespace fiber

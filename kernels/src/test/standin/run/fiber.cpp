#include "fiber.h"

#include <sys/mman.h>

#include <cstdio>
#include <cstdlib>

#if !defined(__x86_64__)
#error "the switch of the stand-in's fibers is written for x86-64"
#endif

// What System V lets a called function change need not be saved: the call is one. The modes of the
// floating point units are never changed.
asm(R"(
.text
.globl scoria_switch
.hidden scoria_switch
.type scoria_switch, @function
scoria_switch:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
.size scoria_switch, .-scoria_switch
)");

namespace fiber {
uintptr_t stacks() {
  static const uintptr_t base = [] {
    void* at = mmap(nullptr, STACK * MOST, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (at == MAP_FAILED) {
      std::perror("scoria stand-in: no memory for fibers");
      std::abort();
    }
    return reinterpret_cast<uintptr_t>(at);
  }();
  return base;
}

void* prepare(unsigned int i, void (*run)()) {
  // The stacks begin at different places of a page, or all would fight for the same cache lines.
  uintptr_t top = stacks() + (i + 1) * STACK - 64 * (i % 32);
  auto* slot = reinterpret_cast<void**>(top);
  *--slot = nullptr;  // as if called: the stack is 8 off a multiple of 16 at a function's begin
  *--slot = reinterpret_cast<void*>(run);
  for (int registers = 0; registers < 6; registers++) *--slot = nullptr;
  return slot;
}
}  // namespace fiber

// A loaded module: a shared object that the compiler of the stand-in made of a CUDA source.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "cuda.h"

// What the end of every compiled source says of its kernels (compile/scan.cpp writes it).
struct KernelEntry {
  const void* function;  // its address, which tells its name
  void (*call)(void* const* arguments);
  unsigned int (*size)(unsigned int);  // of the arguments, in bytes
  unsigned int count;
  unsigned int bounds;  // __launch_bounds__, or 0
};

// A variable of the module.
struct Symbol {
  uintptr_t address;
  size_t bytes;
  std::string name;
  bool shared;  // of a block, not of the device
  bool guard;   // lies beside a shared one so that nothing else does
};

struct Function {
  Module* module;
  const KernelEntry* entry;
  std::string name;
  unsigned int static_shared = 0;
  unsigned int most_dynamic = 0;  // cuFuncSetAttribute
};

struct Module {
  void* handle = nullptr;
  int file = -1;  // the shared object, in memory, kept for those who look up lines
  bool watched = false;
  uintptr_t text = 0, end = 0;  // where it was loaded, code and data
  std::vector<Symbol> symbols;  // by address
  uintptr_t shared_low = 0, shared_high = 0;
  uintptr_t low = 0, high = 0;  // of all its data
  Symbol* dynamic = nullptr;    // the room for extern __shared__
  std::vector<std::unique_ptr<Function>> functions;
};

// The device variable of a loaded module that holds the address, or nullptr.
const Symbol* module_symbol(CUdeviceptr address);

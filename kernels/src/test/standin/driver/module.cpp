// Modules and functions. "PTX" is a CUDA source with its options (compile/program.h); loading one
// compiles it, as a driver does with real PTX, or finds what an earlier compilation left.
#include "module.h"

#include <dlfcn.h>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "../compile/build.h"
#include "../compile/elf.h"
#include "../compile/program.h"
#include "../watch/watch.h"
#include "state.h"

namespace {
// A copy in memory: two modules made of one source are two, and nothing stays on disk.
int copy_in_memory(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const int file = memfd_create("scoria-module", MFD_CLOEXEC);
  if (file < 0 || bytes.empty()) return -1;
  size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t n = write(file, bytes.data() + done, bytes.size() - done);
    if (n <= 0) return -1;
    done += static_cast<size_t>(n);
  }
  return file;
}

CUresult load(CUmodule* result, const std::string& image) {
  Program program;
  if (!Program::parse(image, &program)) return INVALID_IMAGE;
  const Built built = build(program, watch::wanted());
  if (!built.ok) {
    std::fprintf(stderr, "scoria stand-in: %s\n", built.log.c_str());
    return INVALID_PTX;
  }
  auto module = std::make_unique<Module>();
  module->watched = built.watched;
  module->file = copy_in_memory(built.path);
  const std::string path = "/proc/self/fd/" + std::to_string(module->file);
  module->handle = module->file < 0 ? nullptr : dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (module->handle == nullptr) {
    const char* why = dlerror();
    std::fprintf(stderr, "scoria stand-in: %s\n", why == nullptr ? "cannot load a module" : why);
    return INVALID_IMAGE;
  }
  struct link_map* map = nullptr;
  dlinfo(module->handle, RTLD_DI_LINKMAP, &map);
  module->text = map->l_addr;
  module->end = module->text + elf::image_size(path);
  module->symbols = elf::variables(path, module->text);
  for (Symbol& symbol : module->symbols) {
    if (symbol.name == "__scoria_dynamic") module->dynamic = &symbol;
    if (symbol.shared) {
      if (module->shared_low == 0) module->shared_low = symbol.address;
      module->shared_high = symbol.address + symbol.bytes;
    }
  }
  if (!module->symbols.empty()) {
    module->low = module->symbols.front().address;
    module->high = module->symbols.back().address + module->symbols.back().bytes;
  }
  *result = module.release();
  state().modules.insert(*result);
  return SUCCESS;
}

bool is_function(CUfunction function) { return state().functions.count(function) != 0; }
}  // namespace

const Symbol* module_symbol(CUdeviceptr address) {
  for (const Module* module : state().modules) {
    if (address < module->low || address >= module->high) continue;
    for (const Symbol& symbol : module->symbols) {
      if (!symbol.shared && address - symbol.address < symbol.bytes) return &symbol;
    }
  }
  return nullptr;
}

API CUresult cuModuleLoadDataEx(CUmodule* module, const void* image, unsigned int, int*, void**) {
  CALL();
  if (module == nullptr || image == nullptr) return INVALID_VALUE;
  return load(module, static_cast<const char*>(image));
}

API CUresult cuModuleLoadData(CUmodule* module, const void* image) {
  return cuModuleLoadDataEx(module, image, 0, nullptr, nullptr);
}

API CUresult cuModuleLoad(CUmodule* module, const char* path) {
  CALL();
  std::ifstream in(path, std::ios::binary);
  if (!in) return FILE_NOT_FOUND;
  return load(module, {(std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>()});
}

API CUresult cuModuleUnload(CUmodule module) {
  CALL();
  if (state().modules.count(module) == 0) return INVALID_HANDLE;
  const CUresult result = wait_for_all();
  for (const auto& function : module->functions) state().functions.erase(function.get());
  state().modules.erase(module);
  watch::unload(module);
  dlclose(module->handle);
  close(module->file);
  delete module;
  return result;
}

API CUresult cuModuleGetFunction(CUfunction* function, CUmodule module, const char* name) {
  CALL();
  if (state().modules.count(module) == 0) return INVALID_HANDLE;
  if (name == nullptr) return INVALID_VALUE;
  const void* address = dlsym(module->handle, name);
  const auto* entry = static_cast<const KernelEntry*>(dlsym(module->handle, "__scoria_kernels"));
  while (entry != nullptr && entry->function != nullptr && entry->function != address) entry++;
  if (address == nullptr || entry == nullptr || entry->function == nullptr) return NOT_FOUND;
  auto made = std::make_unique<Function>();
  made->module = module;
  made->entry = entry;
  made->name = elf::short_name(name);
  for (const Symbol& symbol : module->symbols) {
    // Shared variables bear the name of the function they are in.
    if (symbol.shared && !symbol.guard && symbol.name.rfind(made->name + "::", 0) == 0) {
      made->static_shared += static_cast<unsigned int>(symbol.bytes);
    }
  }
  *function = made.get();
  state().functions.insert(made.get());
  module->functions.push_back(std::move(made));
  return SUCCESS;
}

API CUresult cuModuleGetGlobal_v2(CUdeviceptr* address, size_t* bytes, CUmodule module,
                                  const char* name) {
  CALL();
  if (state().modules.count(module) == 0) return INVALID_HANDLE;
  for (const Symbol& symbol : module->symbols) {
    if (symbol.shared || symbol.name != name) continue;
    if (address != nullptr) *address = symbol.address;
    if (bytes != nullptr) *bytes = symbol.bytes;
    return SUCCESS;
  }
  return NOT_FOUND;
}

API CUresult cuModuleGetLoadingMode(int* mode) {
  *mode = 1;  // eager
  return SUCCESS;
}

API CUresult cuFuncGetModule(CUmodule* module, CUfunction function) {
  CALL();
  if (!is_function(function)) return INVALID_HANDLE;
  *module = function->module;
  return SUCCESS;
}

API CUresult cuFuncGetAttribute(int* value, int attribute, CUfunction function) {
  CALL();
  if (!is_function(function)) return INVALID_HANDLE;
  switch (attribute) {
    case 0:
      *value = function->entry->bounds == 0 ? 1024 : static_cast<int>(function->entry->bounds);
      return SUCCESS;
    case 1:
      *value = static_cast<int>(function->static_shared);
      return SUCCESS;
    case 4:
      *value = 32;  // registers: none here, but a number that fits 1024 threads
      return SUCCESS;
    case 5:
    case 6:
      *value = 80;
      return SUCCESS;
    case 8:
      *value = static_cast<int>(std::max(function->most_dynamic, 49152 - function->static_shared));
      return SUCCESS;
    default:
      *value = 0;
      return attribute >= 0 && attribute < 16 ? SUCCESS : CUresult{INVALID_VALUE};
  }
}

API CUresult cuFuncSetAttribute(CUfunction function, int attribute, int value) {
  CALL();
  if (!is_function(function)) return INVALID_HANDLE;
  if (attribute == 9) return SUCCESS;  // how L1 is shared out: a hint
  if (attribute != 8 || value < 0 ||
      static_cast<unsigned int>(value) + function->static_shared > 166912) {
    return INVALID_VALUE;
  }
  function->most_dynamic = static_cast<unsigned int>(value);
  return SUCCESS;
}

API CUresult cuFuncSetCacheConfig(CUfunction function, int) {
  CALL();
  return is_function(function) ? SUCCESS : INVALID_HANDLE;
}

API CUresult cuOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(int* blocks, CUfunction function,
                                                                  int threads, size_t dynamic,
                                                                  unsigned int) {
  CALL();
  if (!is_function(function)) return INVALID_HANDLE;
  if (threads <= 0) return INVALID_VALUE;
  const size_t shared = function->static_shared + dynamic;
  int most = std::min(32, 2048 / threads);
  if (shared > 0) most = std::min(most, static_cast<int>(167936 / shared));
  *blocks = most;
  return SUCCESS;
}

API CUresult cuOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, CUfunction function,
                                                         int threads, size_t dynamic) {
  return cuOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(blocks, function, threads, dynamic,
                                                              0);
}

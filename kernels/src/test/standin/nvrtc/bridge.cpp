// Part of libcuda.
#include "bridge.h"

#include <dlfcn.h>

#include <cstdlib>
#include <cstring>
#include <future>

#include "../compile/build.h"
#include "../compile/check.h"
#include "../driver/state.h"
#include "../run/arena.h"
#include "../watch/report.h"
#include "../watch/shadow.h"
#include "../watch/watch.h"

API int scoriaStandinBuild(const char* image, char** log) {
  const std::lock_guard<std::recursive_mutex> lock(state().mutex);
  Program program;
  *log = nullptr;
  std::string said = "the stand-in cannot read this program";
  bool good = false;
  if (Program::parse(image, &program)) {
    // Both compilers at once: each takes about as long as the other.
    auto real = std::async(std::launch::async, [&] { return check_with_nvcc(program); });
    const Built built = build(program, watch::wanted());
    const Checked checked = real.get();
    good = built.ok && checked.ok;
    said = checked.log;
    if (!built.ok && checked.ok) {
      // nvcc has no complaint: what is missing is then in the shim.
      said += checked.ran ? "the CUDA compiler accepts this source, the stand-in does not:\n" : "";
      said += built.log;
    }
  }
  *log = strdup(said.c_str());
  return good;
}

API void scoriaStandinFree(char* log) { std::free(log); }

API const char* scoriaStandinLowered(const char* image, const char* expression) {
  const std::lock_guard<std::recursive_mutex> lock(state().mutex);
  static std::string name;
  Program program;
  if (!Program::parse(image, &program)) return nullptr;
  const Built built = build(program, watch::wanted());
  void* handle = built.ok ? dlopen(built.path.c_str(), RTLD_NOW | RTLD_LOCAL) : nullptr;
  if (handle == nullptr) return nullptr;
  // Entries of expressions are the last of the table, in their order.
  const auto* entries = static_cast<const KernelEntry*>(dlsym(handle, "__scoria_kernels"));
  size_t count = 0;
  while (entries[count].function != nullptr) count++;
  const char* found = nullptr;
  for (size_t i = 0; i < program.expressions.size(); i++) {
    Dl_info info;
    if (program.expressions[i] != expression) continue;
    const size_t at = count - program.expressions.size() + i;
    if (dladdr(entries[at].function, &info) != 0 && info.dli_sname != nullptr) {
      name = info.dli_sname;
      found = name.c_str();
    }
  }
  dlclose(handle);
  return found;
}

API CUresult scoriaStandinSubmit(CUstream stream, CUresult (*run)(void*), void (*drop)(void*),
                                 void* data) {
  const std::shared_ptr<void> kept(data, drop);
  CALL();
  return submit(stream, {Kind::KERNEL, [run, kept] { return run(kept.get()); }});
}

namespace {
CUresult range(const char* who, const char* verb, CUdeviceptr address, size_t bytes) {
  const arena::Block* block = arena::find(address);
  if (block != nullptr && address + bytes <= block->address + block->bytes) return SUCCESS;
  report::add(std::string("out of bounds: ") + who + " " + verb + " " + std::to_string(bytes) +
              " bytes at " + arena::describe(address));
  return ILLEGAL_ADDRESS;
}
}  // namespace

API CUresult scoriaStandinRead(const char* who, CUdeviceptr address, size_t bytes) {
  if (const CUresult error = range(who, "reads", address, bytes)) return error;
  uintptr_t first;
  if (!watch::wanted() || shadow::initialised(address, bytes, &first)) return SUCCESS;
  report::add(std::string("uninitialised read: ") + who + " reads " + arena::describe(first) +
              ", which nothing wrote");
  return LAUNCH_FAILED;
}

API CUresult scoriaStandinWritten(const char* who, CUdeviceptr address, size_t bytes) {
  if (const CUresult error = range(who, "writes", address, bytes)) return error;
  shadow::written(address, bytes);
  return SUCCESS;
}

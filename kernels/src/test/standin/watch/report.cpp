#include "report.h"

#include <unistd.h>

#include <cstdio>
#include <mutex>
#include <set>
#include <sstream>
#include <vector>

#include "../compile/build.h"
#include "../driver/state.h"
#include "../run/block.h"

namespace report {
namespace {
std::string& findings() {
  static std::string* the = new std::string;
  return *the;
}

std::set<std::pair<std::string, uintptr_t>> seen;
std::set<std::pair<std::string, std::string>> said;

// Without the folder it was compiled in; empty for the shim, which nobody wants to see.
std::string tidy(const std::string& line) {
  if (line.find("/shim/") != std::string::npos || line.rfind("??", 0) == 0) return "";
  const size_t work = line.find("/modules/work.");
  std::string out = work == std::string::npos ? line : line.substr(work + 21);
  if (out.rfind("./", 0) == 0) out = out.substr(2);
  return out.substr(0, out.find(" ("));  // "(discriminator 2)"
}
}  // namespace

void add(const std::string& line) {
  findings() += line + "\n";
  std::fprintf(stderr, "scoria stand-in: %s\n", line.c_str());
}

std::string place(uintptr_t code) {
  const Module* module = block.launch.function->module;
  char command[120];
  std::snprintf(command, sizeof command, "addr2line -i -e /proc/%d/fd/%d 0x%zx", getpid(),
                module->file, static_cast<size_t>(code - module->text - 1));
  std::string said;
  shell("/", command, &said);
  std::vector<std::string> places;
  std::istringstream lines(said);
  for (std::string line; std::getline(lines, line);) {
    const std::string one = tidy(line);
    if (!one.empty() && (places.empty() || places.back() != one)) places.push_back(one);
  }
  if (places.empty()) return "an unknown line";
  std::string out = places.front();
  for (size_t i = 1; i < places.size(); i++) out += ", called at " + places[i];
  return out;
}
void begin_launch() {
  seen.clear();
  said.clear();
}

std::string text(Three p) {
  return "(" + std::to_string(p.x) + "," + std::to_string(p.y) + "," + std::to_string(p.z) + ")";
}

std::string where() {
  return "kernel " + block.launch.function->name + ", block " + text(__scoria_now.block) +
         ", thread " + text(thread_place(block.current));
}

bool news(const std::string& kind, const std::string& at) {
  return said.size() < 20 && said.insert({kind, at}).second;
}

bool news(const std::string& kind, uintptr_t code, std::string* at) {
  // Looking up a line takes milliseconds, and a bad loop gets here millions of times.
  if (seen.size() >= 200 || said.size() >= 20 || !seen.insert({kind, code}).second) return false;
  *at = place(code);
  return news(kind, *at);
}

void failed(CUresult result) {
  if (block.result == SUCCESS) block.result = result;
}
}  // namespace report

// All findings of the process so far, a line each; the text lasts until the next call.
API const char* scoriaStandinReport() {
  static std::string copy;
  const std::lock_guard<std::recursive_mutex> lock(state().mutex);
  copy = report::findings();
  return copy.c_str();
}

API void scoriaStandinClear() {
  const std::lock_guard<std::recursive_mutex> lock(state().mutex);
  report::findings().clear();
}

#include "build.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <vector>

#include "scan.h"

namespace {
// Numerics: no contraction, no reassociation, and sqrt and fma as instructions where there are any.
const char NUMERICS[] = " -ffp-contract=off -fno-math-errno -fno-trapping-math";

// A unique symbol would be shared by all the modules of a process that have one of its name.
const char LANGUAGE[] =
    " -std=c++17 -fno-exceptions -fno-rtti -fno-gnu-unique -fno-strict-aliasing -fPIC"
    " -Wno-narrowing -Wno-attributes";

// Every access is announced by a call to __tsan_*; we define those (watch/access.cpp) and do not
// link the sanitizer. What is left out would merge or invent accesses.
const char WATCHED[] =
    " -O1 -g1 -fno-tree-sra -fno-tree-vectorize -fsanitize=thread"
    " --param=tsan-instrument-func-entry-exit=0";
const char UNWATCHED[] = " -O2 -g1";

std::string flags(bool watched) {
  std::string all = LANGUAGE;
  all += NUMERICS;
  all += watched ? WATCHED : UNWATCHED;
  if (__builtin_cpu_supports("fma")) all += " -mfma";
  return all;
}

// The shim decides what is built as much as the source does.
const std::string& shim() {
  static const std::string all = [] {
    std::vector<std::string> paths;
    for (const auto& file : std::filesystem::directory_iterator(standin_folder() + "/shim")) {
      paths.push_back(file.path().string());
    }
    std::sort(paths.begin(), paths.end());
    std::string out;
    for (const std::string& path : paths) {
      std::string text;
      read_file(path, &text);
      out += path + "\n" + text;
    }
    return out;
  }();
  return all;
}
}  // namespace

Built build(const Program& program, bool watched) {
  Built built;
  built.watched = watched;
  const std::string key =
      hash(program.text() + scan("", {}) + shim() + flags(watched) + __VERSION__);
  const std::string folder = standin_folder() + "/modules";
  built.path = folder + "/" + key + ".so";
  struct stat there;
  if (stat(built.path.c_str(), &there) == 0) {
    built.ok = true;
    return built;
  }
  const std::string work = lay_out(program);
  std::string options = " -I.";
  for (const std::string& option : program.options) options += " " + quoted(option);
  const std::string shim_folder = quoted(standin_folder() + "/shim");
  std::string text;
  // Names of files as the caller gave them stay the ones in messages and lines.
  built.ok = shell(work,
                   "g++ -E -x c++ -nostdinc -I " + shim_folder + " -include scoria_shim.h" +
                       options + flags(watched) + " -o scoria.i " + quoted(program.name),
                   &built.log) &&
             read_file(work + "/scoria.i", &text);
  if (built.ok) {
    write_file(work + "/scanned.ii", scan(text, program.expressions));
    built.ok =
        shell(work,
              "g++ -x c++-cpp-output -c" + flags(watched) + " -o scoria.o scanned.ii && g++ " +
                  "-shared -Wl,-Bsymbolic -Wl,-z,now -Wl,-z,defs -o scoria.so scoria.o " +
                  quoted(standin_folder() + "/libcuda.so.1") + " -lm -lc",
              &built.log);
  }
  if (built.ok) std::filesystem::rename(work + "/scoria.so", built.path);
  remove_folder(work);
  return built;
}

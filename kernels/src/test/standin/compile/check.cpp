#include "check.h"

#include <unistd.h>

#include <cstdlib>
#include <sstream>

#include "build.h"

namespace {
std::string find_nvcc() {
  std::string path = std::getenv("PATH") == nullptr ? "" : std::getenv("PATH");
  std::istringstream folders(path + ":/usr/local/cuda/bin");
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::string nvcc = folder + "/nvcc";
    if (!folder.empty() && access(nvcc.c_str(), X_OK) == 0) return nvcc;
  }
  return "";
}
}  // namespace

Checked check_with_nvcc(const Program& program) {
  static const std::string nvcc = find_nvcc();
  Checked checked;
  if (nvcc.empty()) return checked;
  checked.ran = true;
  std::string options = " -std=c++17 -arch=sm_80 --fmad=false -I.";
  for (const std::string& option : program.options) {
    if (option.rfind("-std=", 0) != 0) options += " " + quoted(option);
  }
  const std::string command =
      quoted(nvcc) + options + " -ptx -x cu -o scoria.ptx " + quoted(program.name);
  const std::string verdict =
      standin_folder() + "/modules/" + hash(program.text() + command) + ".nvcc";
  std::string kept;
  if (read_file(verdict, &kept) && !kept.empty()) {
    checked.ok = kept[0] == '1';
    checked.log = kept.substr(1);
    return checked;
  }
  const std::string work = lay_out(program);
  checked.ok = shell(work, command, &checked.log);
  remove_folder(work);
  write_file(verdict, (checked.ok ? "1" : "0") + checked.log);
  return checked;
}

// Files, hashes and commands for those that compile.
#include <dlfcn.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "build.h"

const std::string& standin_folder() {
  static const std::string folder = [] {
    Dl_info info;
    dladdr(reinterpret_cast<void*>(&standin_folder), &info);
    return std::filesystem::canonical(info.dli_fname).parent_path().string();
  }();
  return folder;
}

std::string hash(const std::string& text) {
  // Two FNV-1a of 64 bits that start apart: no defence against an enemy, but there is none.
  uint64_t a = 0xcbf29ce484222325ull, b = 0x9ae16a3b2f90404full;
  for (const unsigned char c : text) {
    a = (a ^ c) * 0x100000001b3ull;
    b = (b ^ c) * 0x100000001b3ull;
    b ^= b >> 29;
  }
  char out[33];
  std::snprintf(out, sizeof out, "%016llx%016llx", static_cast<unsigned long long>(a),
                static_cast<unsigned long long>(b));
  return out;
}

bool read_file(const std::string& path, std::string* text) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return false;
  std::ostringstream out;
  out << in.rdbuf();
  *text = out.str();
  return true;
}

void write_file(const std::string& path, const std::string& text) {
  const std::string temporary = path + "." + std::to_string(getpid());
  std::ofstream(temporary, std::ios::binary) << text;
  std::rename(temporary.c_str(), path.c_str());
}

std::string quoted(const std::string& word) {
  std::string out = "'";
  for (const char c : word) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

bool shell(const std::string& folder, const std::string& command, std::string* log) {
  const std::string all = "cd " + quoted(folder) + " && { " + command + "\n} 2>&1";
  FILE* pipe = popen(all.c_str(), "re");
  if (pipe == nullptr) return false;
  char piece[4096];
  for (size_t n; (n = std::fread(piece, 1, sizeof piece, pipe)) > 0;) log->append(piece, n);
  return pclose(pipe) == 0;
}

std::string lay_out(const Program& program) {
  std::filesystem::create_directories(standin_folder() + "/modules");
  std::string folder = standin_folder() + "/modules/work.XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) return "";
  auto put = [&](const std::string& name, const std::string& text) {
    const std::filesystem::path path = std::filesystem::path(folder) / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  };
  put(program.name, program.source);
  for (const auto& header : program.headers) put(header.first, header.second);
  return folder;
}

void remove_folder(const std::string& folder) {
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
}

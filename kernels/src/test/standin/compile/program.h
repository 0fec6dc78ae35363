// A CUDA source with its headers and options, and the text form of it that NVRTC hands out as PTX
// and the driver takes back. Text, because callers keep PTX in strings and in files of their own.
#pragma once
#include <string>
#include <utility>
#include <vector>

struct Program {
  std::string name;  // as messages call the source
  std::string source;
  std::vector<std::pair<std::string, std::string>> headers;  // name, text
  std::vector<std::string> options;                          // for g++ and nvcc alike: -D, -I, -std
  std::vector<std::string> expressions;                      // nvrtcAddNameExpression

  std::string text() const;
  static bool parse(const std::string& text, Program* program);
};

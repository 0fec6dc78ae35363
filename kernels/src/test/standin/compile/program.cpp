#include "program.h"

#include <cstdlib>

namespace {
const char FIRST[] = "// Scoria stand-in PTX 1\n";

void put(std::string& out, const char* what, const std::string& value) {
  out += what;
  out += ' ';
  out += std::to_string(value.size());
  out += '\n';
  out += value;
  out += '\n';
}
}  // namespace

std::string Program::text() const {
  std::string out = FIRST;
  put(out, "name", name);
  for (const auto& option : options) put(out, "option", option);
  for (const auto& expression : expressions) put(out, "expression", expression);
  for (const auto& header : headers) {
    put(out, "header", header.first);
    put(out, "text", header.second);
  }
  put(out, "source", source);
  return out;
}

bool Program::parse(const std::string& text, Program* program) {
  size_t at = sizeof FIRST - 1;
  if (text.compare(0, at, FIRST) != 0) return false;
  while (at < text.size()) {
    const size_t space = text.find(' ', at);
    const size_t line = text.find('\n', at);
    if (space == std::string::npos || line == std::string::npos || space > line) return false;
    const std::string what = text.substr(at, space - at);
    const size_t size = std::strtoull(text.c_str() + space, nullptr, 10);
    if (size > text.size() - line - 1) return false;
    const std::string value = text.substr(line + 1, size);
    at = line + 1 + size + 1;
    if (what == "name") {
      program->name = value;
    } else if (what == "option") {
      program->options.push_back(value);
    } else if (what == "expression") {
      program->expressions.push_back(value);
    } else if (what == "header") {
      program->headers.emplace_back(value, "");
    } else if (what == "text" && !program->headers.empty()) {
      program->headers.back().second = value;
    } else if (what == "source") {
      program->source = value;
      return true;
    } else {
      return false;
    }
  }
  return false;
}

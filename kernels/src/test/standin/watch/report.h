// Findings, as lines of text.
#pragma once
#include <string>

namespace report {
// Keeps the line for scoriaStandinReport and says it on standard error.
void add(const std::string& line);

// "file.cu:12" for an address in the code of the launch's module, "helper.cuh:3, called at file.cu:12"
// where a helper was inlined; how it was compiled decides how much is known.
std::string place(uintptr_t code);
}  // namespace report

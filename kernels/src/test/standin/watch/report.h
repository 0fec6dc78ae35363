// Findings, as lines of text.
#pragma once
#include <cstdint>
#include <string>

#include "../driver/cuda.h"
#include "../run/now.h"

namespace report {
// Keeps the line for scoriaStandinReport and says it on standard error.
void add(const std::string& line);

// "file.cu:12" for an address in the code of the launch's module, "helper.cuh:3, called at
// file.cu:12" where a helper was inlined; how it was compiled decides how much is known.
std::string place(uintptr_t code);

// Whether a finding of that kind and place is the launch's first: each is said once, and after
// twenty nothing more. For an address in the code its line counts, of which an unrolled loop has
// many; `at` becomes the line.
bool news(const std::string& kind, const std::string& at);
bool news(const std::string& kind, uintptr_t code, std::string* at);
void begin_launch();

// The launch that runs failed, with the first such result.
void failed(CUresult result);

std::string text(Three place);
// "kernel k, block (0,0,0), thread (1,0,0)" of the thread that runs.
std::string where();
}  // namespace report

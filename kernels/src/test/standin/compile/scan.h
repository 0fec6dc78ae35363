// Turns what CUDA says beyond C++ into C++, in preprocessed text.
#pragma once
#include <string>
#include <vector>

// The text for g++: kernels, static and dynamic shared memory made into C++, and at the end a table
// of the kernels (driver/module.h, KernelEntry). Lines stay where they were.
std::string scan(const std::string& preprocessed, const std::vector<std::string>& expressions);

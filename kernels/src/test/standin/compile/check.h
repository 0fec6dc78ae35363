// Asks the real CUDA compiler, where there is one, whether a program is CUDA.
#pragma once
#include <string>

#include "program.h"

struct Checked {
  bool ran = false;  // there is an nvcc
  bool ok = true;
  std::string log;
};

// Its verdict is kept by the program's text: nvcc takes half a second and more.
Checked check_with_nvcc(const Program& program);

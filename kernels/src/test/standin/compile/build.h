// Compiles a program to a shared object with g++, once for a text: what was built is kept under the
// folder of the stand-in, by a hash of all that decides it.
#pragma once
#include <string>

#include "program.h"

struct Built {
  bool ok = false;
  bool watched = false;
  std::string path;  // of the shared object
  std::string log;   // what the compiler said
};

Built build(const Program& program, bool watched);

// The folder that this library was loaded from; with it are the shim and what was built.
const std::string& standin_folder();

// 128 bits as 32 letters and digits.
std::string hash(const std::string& text);

bool read_file(const std::string& path, std::string* text);
// Through a temporary file, so that another process never sees half of it.
void write_file(const std::string& path, const std::string& text);

// Runs a shell command in a folder; what it said comes back in `log`, and whether it went well.
bool shell(const std::string& folder, const std::string& command, std::string* log);
std::string quoted(const std::string& word);

// A fresh folder that holds the source and headers of a program, for one compilation.
std::string lay_out(const Program& program);
void remove_folder(const std::string& folder);

// Reads the variables of a shared object.
#pragma once
#include <string>
#include <vector>

#include "../driver/module.h"

namespace elf {
// By address, demangled: a static of a function is called function::name, without parameters.
std::vector<Symbol> variables(const std::string& path, uintptr_t loaded_at);
// How many addresses it takes when it is loaded.
size_t image_size(const std::string& path);
// A name without parameters and return type.
std::string short_name(const std::string& mangled);
}  // namespace elf

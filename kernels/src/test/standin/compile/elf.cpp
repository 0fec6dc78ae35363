#include "elf.h"

#include <cxxabi.h>
#include <elf.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "build.h"

namespace elf {
std::string short_name(const std::string& mangled) {
  int status = 0;
  char* clear = abi::__cxa_demangle(mangled.c_str(), nullptr, nullptr, &status);
  std::string name = status == 0 && clear != nullptr ? clear : mangled;
  std::free(clear);
  // "void tk<float>(float*)::s": parameters go, with what is before the first name.
  std::string out;
  int depth = 0;
  for (const char c : name) {
    if (c == '(') depth++;
    if (depth == 0) out += c;
    if (c == ')') depth--;
  }
  int angle = 0;
  size_t begin = 0;
  for (size_t i = 0; i < out.size(); i++) {
    if (out[i] == '<') angle++;
    if (out[i] == '>') angle--;
    if (out[i] == ' ' && angle == 0) begin = i + 1;
  }
  return out.substr(begin);
}

size_t image_size(const std::string& path) {
  std::string file;
  size_t size = 0;
  if (!read_file(path, &file)) return 0;
  const auto* header = reinterpret_cast<const Elf64_Ehdr*>(file.data());
  const auto* segments = reinterpret_cast<const Elf64_Phdr*>(file.data() + header->e_phoff);
  for (int i = 0; i < header->e_phnum; i++) {
    if (segments[i].p_type == PT_LOAD) {
      size = std::max<size_t>(size, segments[i].p_vaddr + segments[i].p_memsz);
    }
  }
  return size;
}

std::vector<Symbol> variables(const std::string& path, uintptr_t loaded_at) {
  std::vector<Symbol> found;
  std::string file;
  if (!read_file(path, &file)) return found;
  const char* bytes = file.data();
  const auto* header = reinterpret_cast<const Elf64_Ehdr*>(bytes);
  const auto* sections = reinterpret_cast<const Elf64_Shdr*>(bytes + header->e_shoff);
  for (int i = 0; i < header->e_shnum; i++) {
    if (sections[i].sh_type != SHT_SYMTAB) continue;
    const auto* symbols = reinterpret_cast<const Elf64_Sym*>(bytes + sections[i].sh_offset);
    const char* names = bytes + sections[sections[i].sh_link].sh_offset;
    for (size_t k = 0; k < sections[i].sh_size / sizeof(Elf64_Sym); k++) {
      const Elf64_Sym& symbol = symbols[k];
      if (ELF64_ST_TYPE(symbol.st_info) != STT_OBJECT || symbol.st_size == 0) continue;
      if (symbol.st_shndx == SHN_UNDEF || symbol.st_shndx >= header->e_shnum) continue;
      if ((sections[symbol.st_shndx].sh_flags & SHF_WRITE) == 0) continue;
      Symbol one;
      const std::string mangled = names + symbol.st_name;
      one.address = loaded_at + symbol.st_value;
      one.bytes = symbol.st_size;
      one.name = short_name(mangled);
      one.guard = one.name.find("__scoria_guard") != std::string::npos;
      // Statics of functions that begin as nothing: CUDA has no other such variables.
      one.shared =
          mangled == "__scoria_dynamic" ||
          (mangled.rfind("_ZZ", 0) == 0 && sections[symbol.st_shndx].sh_type == SHT_NOBITS);
      found.push_back(one);
    }
  }
  // The names that a source gives to its dynamic shared memory are other names of one room.
  for (const Symbol& room : std::vector<Symbol>(found)) {
    if (room.name != "__scoria_dynamic") continue;
    found.erase(std::remove_if(found.begin(), found.end(),
                               [&](const Symbol& s) {
                                 return s.address == room.address && s.name != room.name;
                               }),
                found.end());
  }
  std::sort(found.begin(), found.end(),
            [](const Symbol& a, const Symbol& b) { return a.address < b.address; });
  return found;
}
}  // namespace elf

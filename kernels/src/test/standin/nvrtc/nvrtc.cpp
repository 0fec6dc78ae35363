// libnvrtc: takes sources and options as NVRTC does and compiles them (compile/build.h). Where
// there is an nvcc the real CUDA compiler has to accept the source too, and its words are the log.
#include <cstdio>
#include <cstring>
#include <memory>
#include <mutex>
#include <set>

#include "../compile/program.h"
#include "../driver/cuda.h"
#include "bridge.h"

namespace {
enum Result {
  OK = 0,
  INVALID_INPUT = 3,
  INVALID_PROGRAM = 4,
  INVALID_OPTION = 5,
  COMPILATION = 6,
  NO_LOWERED_NAMES = 9,
  NAME_NOT_VALID = 10,
};

struct Compiled {
  Program program;
  bool compiled = false;
  std::string log, image, lowered;
};

std::recursive_mutex mutex;

std::set<Compiled*>& programs() {
  static auto* the = new std::set<Compiled*>;
  return *the;
}

const int ARCHITECTURES[] = {50, 52, 53, 60, 61, 62, 70, 72, 75, 80, 86, 87, 89, 90};

bool starts(const std::string& text, const char* with) { return text.rfind(with, 0) == 0; }

// Options that change nothing here, since what they ask for is what the stand-in does anyway.
bool accepted(const std::string& option) {
  for (const char* known :
       {"--fmad=false", "-fmad=false", "--ftz=false", "-ftz=false", "--prec-div=true",
        "-prec-div=true", "--prec-sqrt=true", "-prec-sqrt=true", "--device-debug", "-G",
        "--generate-line-info", "-lineinfo", "--restrict", "-restrict", "-default-device",
        "--device-as-default-execution-space"}) {
    if (option == known) return true;
  }
  return starts(option, "--maxrregcount=") || starts(option, "-maxrregcount=");
}

bool architecture(const std::string& option) {
  const size_t equals = option.find('=');
  const std::string value = option.substr(equals + 1);
  int number = 0;
  if (std::sscanf(value.c_str(), "compute_%d", &number) != 1 &&
      std::sscanf(value.c_str(), "sm_%d", &number) != 1) {
    return false;
  }
  for (const int known : ARCHITECTURES) {
    if (known == number) return true;
  }
  return false;
}

// Sorts the options into those that are passed on and those that are known; false for others.
bool take(Compiled* p, int count, const char* const* options) {
  for (int i = 0; i < count; i++) {
    std::string option = options[i];
    if (option == "-D" || option == "-I" || option == "-std" || option == "-arch") {
      if (++i == count) return false;
      option += (option.size() == 2 ? "" : "=") + std::string(options[i]);
    }
    if (starts(option, "--define-macro=")) option = "-D" + option.substr(15);
    if (starts(option, "--include-path=")) option = "-I" + option.substr(15);
    if (starts(option, "--std=")) option = option.substr(1);
    if (starts(option, "-D") || starts(option, "-I") || starts(option, "-std=")) {
      p->program.options.push_back(option);
    } else if (starts(option, "--gpu-architecture=") || starts(option, "-arch=")) {
      if (!architecture(option)) {
        p->log = "nvrtc: error: invalid value for --gpu-architecture (-arch)\n";
        return false;
      }
    } else if (!accepted(option)) {
      p->log = "nvrtc: error: unrecognized option " + option + " found\n";
      return false;
    }
  }
  return true;
}

bool known(Compiled* p) { return programs().count(p) != 0; }
using Lock = std::lock_guard<std::recursive_mutex>;

int give(const std::string& text, char* out) {
  std::memcpy(out, text.c_str(), text.size() + 1);
  return OK;
}
}  // namespace

API const char* nvrtcGetErrorString(int result) {
  static const char* const names[] = {
      "NVRTC_SUCCESS",
      "NVRTC_ERROR_OUT_OF_MEMORY",
      "NVRTC_ERROR_PROGRAM_CREATION_FAILURE",
      "NVRTC_ERROR_INVALID_INPUT",
      "NVRTC_ERROR_INVALID_PROGRAM",
      "NVRTC_ERROR_INVALID_OPTION",
      "NVRTC_ERROR_COMPILATION",
      "NVRTC_ERROR_BUILTIN_OPERATION_FAILURE",
      "NVRTC_ERROR_NO_NAME_EXPRESSIONS_AFTER_COMPILATION",
      "NVRTC_ERROR_NO_LOWERED_NAMES_BEFORE_COMPILATION",
      "NVRTC_ERROR_NAME_EXPRESSION_NOT_VALID",
      "NVRTC_ERROR_INTERNAL_ERROR",
  };
  return result >= 0 && result < 12 ? names[result] : "NVRTC_ERROR unknown";
}

API int nvrtcVersion(int* major, int* minor) {
  *major = 12;
  *minor = 6;
  return OK;
}

API int nvrtcGetNumSupportedArchs(int* count) {
  *count = sizeof ARCHITECTURES / sizeof ARCHITECTURES[0];
  return OK;
}

API int nvrtcGetSupportedArchs(int* out) {
  std::memcpy(out, ARCHITECTURES, sizeof ARCHITECTURES);
  return OK;
}

API int nvrtcCreateProgram(Compiled** result, const char* source, const char* name, int headers,
                           const char* const* texts, const char* const* names) {
  const Lock lock(mutex);
  if (result == nullptr || source == nullptr || headers < 0) return INVALID_INPUT;
  auto made = std::make_unique<Compiled>();
  made->program.name = name == nullptr || *name == 0 ? "default_program" : name;
  made->program.source = source;
  for (int i = 0; i < headers; i++) made->program.headers.emplace_back(names[i], texts[i]);
  *result = made.release();
  programs().insert(*result);
  return OK;
}

API int nvrtcDestroyProgram(Compiled** program) {
  const Lock lock(mutex);
  if (program == nullptr || programs().erase(*program) == 0) return INVALID_PROGRAM;
  delete *program;
  *program = nullptr;
  return OK;
}

API int nvrtcAddNameExpression(Compiled* program, const char* expression) {
  const Lock lock(mutex);
  if (!known(program)) return INVALID_PROGRAM;
  if (program->compiled) return 8;
  program->program.expressions.push_back(expression);
  return OK;
}

API int nvrtcCompileProgram(Compiled* program, int count, const char* const* options) {
  const Lock lock(mutex);
  if (!known(program)) return INVALID_PROGRAM;
  program->program.options.clear();
  if (!take(program, count, options)) return INVALID_OPTION;
  const std::string image = program->program.text();
  char* said = nullptr;
  const bool good = scoriaStandinBuild(image.c_str(), &said) != 0;
  program->log = said;
  scoriaStandinFree(said);
  if (!good) return COMPILATION;
  program->compiled = true;
  program->image = image;
  return OK;
}

API int nvrtcGetLoweredName(Compiled* program, const char* expression, const char** name) {
  const Lock lock(mutex);
  if (!known(program)) return INVALID_PROGRAM;
  if (!program->compiled) return NO_LOWERED_NAMES;
  const char* found = scoriaStandinLowered(program->image.c_str(), expression);
  if (found == nullptr) return NAME_NOT_VALID;
  program->lowered = found;
  *name = program->lowered.c_str();
  return OK;
}

#define GETTER(NAME, FIELD, MUST_BE_COMPILED)                                                \
  API int nvrtcGet##NAME##Size(Compiled* program, size_t* size) {                            \
    const Lock lock(mutex);                                                                  \
    if (!known(program) || (MUST_BE_COMPILED && !program->compiled)) return INVALID_PROGRAM; \
    *size = program->FIELD.size() + 1;                                                       \
    return OK;                                                                               \
  }                                                                                          \
  API int nvrtcGet##NAME(Compiled* program, char* out) {                                     \
    const Lock lock(mutex);                                                                  \
    if (!known(program) || (MUST_BE_COMPILED && !program->compiled)) return INVALID_PROGRAM; \
    return give(program->FIELD, out);                                                        \
  }
GETTER(PTX, image, true)
GETTER(CUBIN, image, true)
GETTER(ProgramLog, log, false)
#undef GETTER

// What libnvrtc and libcublas ask of libcuda, in C so that the libraries share no C++.
#pragma once
#include "../driver/cuda.h"

// Compiles a program's text, and shows it to nvcc where there is one. 1 if all accept it; `log` is
// what was said and must be freed.
API int scoriaStandinBuild(const char* image, char** log);
API void scoriaStandinFree(char* log);
// The symbol of a name expression in a compiled program, valid until the next call; nullptr if
// none.
API const char* scoriaStandinLowered(const char* image, const char* expression);

// Queues work of libcublas on a stream, or adds it to a capture: `run(data)` does it and may be
// called many times, `drop(data)` ends it.
API CUresult scoriaStandinSubmit(CUstream stream, CUresult (*run)(void*), void (*drop)(void*),
                                 void* data);
// Whether a range may be read (or written) by work of a library; says so in the report if not. A
// matrix that is read must hold values, one that is written holds values afterwards.
API CUresult scoriaStandinRead(const char* who, CUdeviceptr address, size_t bytes);
API CUresult scoriaStandinWritten(const char* who, CUdeviceptr address, size_t bytes);

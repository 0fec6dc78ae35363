// The handle of libcublas and its results.
#pragma once
#include "../driver/cuda.h"

enum Status {
  BLAS_OK = 0,
  BLAS_NOT_INITIALIZED = 1,
  BLAS_INVALID_VALUE = 7,
  BLAS_EXECUTION_FAILED = 13,
  BLAS_NOT_SUPPORTED = 15,
};

struct Blas {
  CUstream stream = nullptr;
  int math_mode = 0;
  int pointer_mode = 0;  // 0: alpha and beta on the host
  int atomics_mode = 0;
  int sm_count = 0;
};

bool is_blas(const Blas* handle);

// Products of matrices by columns, C = alpha op(A) op(B) + beta C, done on the stream's turn.
//
// cuBLAS promises no order of the sum over k. Here it is cut into four interleaved ones, so that a
// test that counts on some order fails: bounds are all a caller may rely on.
#include <algorithm>
#include <cstdlib>
#include <vector>

#include "../nvrtc/bridge.h"
#include "handle.h"

namespace {
template <class T>
struct Product {
  bool transpose_a, transpose_b;
  int m, n, k;
  const T *alpha_at, *beta_at;  // on the device, or null
  T alpha, beta;
  CUdeviceptr a, b, c;
  int lda, ldb, ldc;
  long long step_a, step_b, step_c;
  int batch;
};

template <class T>
const T* matrix(CUdeviceptr base, long long step, int i) {
  return reinterpret_cast<const T*>(base) + step * i;
}

// Every column of a matrix, for between columns there may be other things.
template <class T, class F>
CUresult columns(CUdeviceptr at, int rows, int columns, int ld, F f) {
  if (rows == ld) return f(at, sizeof(T) * rows * columns);
  for (int j = 0; j < columns; j++) {
    if (const CUresult error = f(at + sizeof(T) * ld * j, sizeof(T) * rows)) return error;
  }
  return SUCCESS;
}

template <class T>
CUresult one(const Product<T>& p, int i, T alpha, T beta) {
  const T* a = matrix<T>(p.a, p.step_a, i);
  const T* b = matrix<T>(p.b, p.step_b, i);
  T* c = const_cast<T*>(matrix<T>(p.c, p.step_c, i));
  auto read = [](CUdeviceptr at, size_t n) { return scoriaStandinRead("cublas gemm", at, n); };
  auto write = [](CUdeviceptr at, size_t n) { return scoriaStandinWritten("cublas gemm", at, n); };
  const auto number = [](const T* x) { return reinterpret_cast<CUdeviceptr>(x); };
  const int rows_a = p.transpose_a ? p.k : p.m, rows_b = p.transpose_b ? p.n : p.k;
  if (p.k > 0 && alpha != 0) {
    if (const CUresult e = columns<T>(number(a), rows_a, p.m + p.k - rows_a, p.lda, read)) return e;
    if (const CUresult e = columns<T>(number(b), rows_b, p.k + p.n - rows_b, p.ldb, read)) return e;
  }
  if (beta != 0) {
    if (const CUresult e = columns<T>(number(c), p.m, p.n, p.ldc, read)) return e;
  }
  if (const CUresult e = columns<T>(number(c), p.m, p.n, p.ldc, write)) return e;
  std::vector<T> turned;
  int lda = p.lda;
  if (p.transpose_a && p.k > 0) {
    turned.resize(static_cast<size_t>(p.m) * p.k);
    for (int r = 0; r < p.m; r++) {
      for (int l = 0; l < p.k; l++)
        turned[static_cast<size_t>(l) * p.m + r] = a[static_cast<size_t>(r) * p.lda + l];
    }
    a = turned.data();
    lda = p.m;
  }
  std::vector<T> sums(static_cast<size_t>(p.m) * 4);
  for (int j = 0; j < p.n; j++) {
    std::fill(sums.begin(), sums.end(), T{0});
    for (int l = 0; l < p.k; l++) {
      const T factor = p.transpose_b ? b[static_cast<size_t>(l) * p.ldb + j]
                                     : b[static_cast<size_t>(j) * p.ldb + l];
      const T* __restrict column = a + static_cast<size_t>(l) * lda;
      T* __restrict sum = sums.data() + static_cast<size_t>(l % 4) * p.m;
      for (int r = 0; r < p.m; r++) sum[r] += column[r] * factor;
    }
    T* out = c + static_cast<size_t>(j) * p.ldc;
    for (int r = 0; r < p.m; r++) {
      const T sum =
          (sums[r] + sums[r + p.m]) + (sums[r + 2 * p.m] + sums[r + 3 * static_cast<size_t>(p.m)]);
      out[r] = beta == 0 ? alpha * sum : alpha * sum + beta * out[r];
    }
  }
  return SUCCESS;
}

template <class T>
CUresult multiply(void* data) {
  const Product<T>& p = *static_cast<Product<T>*>(data);
  T alpha = p.alpha, beta = p.beta;
  if (p.alpha_at != nullptr) {
    for (const T* at : {p.alpha_at, p.beta_at}) {
      if (const CUresult e =
              scoriaStandinRead("cublas gemm", reinterpret_cast<CUdeviceptr>(at), sizeof(T))) {
        return e;
      }
    }
    alpha = *p.alpha_at;
    beta = *p.beta_at;
  }
  for (int i = 0; i < p.batch; i++) {
    if (const CUresult error = one(p, i, alpha, beta)) return error;
  }
  return SUCCESS;
}

template <class T>
int gemm(Blas* handle, int op_a, int op_b, int m, int n, int k, const T* alpha, CUdeviceptr a,
         int lda, long long step_a, CUdeviceptr b, int ldb, long long step_b, const T* beta,
         CUdeviceptr c, int ldc, long long step_c, int batch) {
  if (!is_blas(handle)) return BLAS_NOT_INITIALIZED;
  if (op_a < 0 || op_a > 2 || op_b < 0 || op_b > 2 || m < 0 || n < 0 || k < 0 || batch < 0 ||
      alpha == nullptr || beta == nullptr) {
    return BLAS_INVALID_VALUE;
  }
  const bool transpose_a = op_a != 0, transpose_b = op_b != 0;
  if (lda < std::max(1, transpose_a ? k : m) || ldb < std::max(1, transpose_b ? n : k) ||
      ldc < std::max(1, m)) {
    return BLAS_INVALID_VALUE;
  }
  if (m == 0 || n == 0 || batch == 0) return BLAS_OK;
  const bool host = handle->pointer_mode == 0;
  auto* p = new Product<T>{transpose_a,
                           transpose_b,
                           m,
                           n,
                           k,
                           host ? nullptr : alpha,
                           host ? nullptr : beta,
                           host ? *alpha : T{0},
                           host ? *beta : T{0},
                           a,
                           b,
                           c,
                           lda,
                           ldb,
                           ldc,
                           step_a,
                           step_b,
                           step_c,
                           batch};
  const CUresult result = scoriaStandinSubmit(
      handle->stream, multiply<T>, [](void* data) { delete static_cast<Product<T>*>(data); }, p);
  return result == SUCCESS ? BLAS_OK : BLAS_EXECUTION_FAILED;
}
}  // namespace

#define GEMM(LETTER, T)                                                                           \
  API int cublas##LETTER##gemm_v2(Blas* handle, int op_a, int op_b, int m, int n, int k,          \
                                  const T* alpha, CUdeviceptr a, int lda, CUdeviceptr b, int ldb, \
                                  const T* beta, CUdeviceptr c, int ldc) {                        \
    return gemm<T>(handle, op_a, op_b, m, n, k, alpha, a, lda, 0, b, ldb, 0, beta, c, ldc, 0, 1); \
  }                                                                                               \
  API int cublas##LETTER##gemmStridedBatched(                                                     \
      Blas* handle, int op_a, int op_b, int m, int n, int k, const T* alpha, CUdeviceptr a,       \
      int lda, long long step_a, CUdeviceptr b, int ldb, long long step_b, const T* beta,         \
      CUdeviceptr c, int ldc, long long step_c, int batch) {                                      \
    return gemm<T>(handle, op_a, op_b, m, n, k, alpha, a, lda, step_a, b, ldb, step_b, beta, c,   \
                   ldc, step_c, batch);                                                           \
  }
GEMM(S, float)
GEMM(D, double)

// float32 (type 0, computed as 68 or 69) and float64 (1, computed as 70 or 71) throughout.
API int cublasGemmStridedBatchedEx(Blas* handle, int op_a, int op_b, int m, int n, int k,
                                   const void* alpha, CUdeviceptr a, int type_a, int lda,
                                   long long step_a, CUdeviceptr b, int type_b, int ldb,
                                   long long step_b, const void* beta, CUdeviceptr c, int type_c,
                                   int ldc, long long step_c, int batch, int compute, int) {
  if (type_a != type_b || type_b != type_c) return BLAS_NOT_SUPPORTED;
  if (type_a == 0 && (compute == 68 || compute == 69)) {
    return gemm(handle, op_a, op_b, m, n, k, static_cast<const float*>(alpha), a, lda, step_a, b,
                ldb, step_b, static_cast<const float*>(beta), c, ldc, step_c, batch);
  }
  if (type_a == 1 && (compute == 70 || compute == 71)) {
    return gemm(handle, op_a, op_b, m, n, k, static_cast<const double*>(alpha), a, lda, step_a, b,
                ldb, step_b, static_cast<const double*>(beta), c, ldc, step_c, batch);
  }
  return BLAS_NOT_SUPPORTED;
}

API int cublasGemmEx(Blas* handle, int op_a, int op_b, int m, int n, int k, const void* alpha,
                     CUdeviceptr a, int type_a, int lda, CUdeviceptr b, int type_b, int ldb,
                     const void* beta, CUdeviceptr c, int type_c, int ldc, int compute,
                     int algorithm) {
  return cublasGemmStridedBatchedEx(handle, op_a, op_b, m, n, k, alpha, a, type_a, lda, 0, b,
                                    type_b, ldb, 0, beta, c, type_c, ldc, 0, 1, compute, algorithm);
}

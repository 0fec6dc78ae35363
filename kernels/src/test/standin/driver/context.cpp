// Contexts. Which one is current is a matter of each thread, as with the real driver: a thread that
// never set one gets INVALID_CONTEXT.
#include "state.h"

namespace {
bool is_context(Context* context) {
  State& s = state();
  return context == &s.primary ? s.primary_users > 0 : s.contexts.count(context) != 0;
}

thread_local std::vector<Context*> stack;
}  // namespace

API CUresult cuDevicePrimaryCtxRetain(CUcontext* context, CUdevice device) {
  CALL(false);
  if (device != 0) return INVALID_DEVICE;
  state().primary_users++;
  *context = &state().primary;
  return SUCCESS;
}

API CUresult cuDevicePrimaryCtxRelease_v2(CUdevice device) {
  CALL(false);
  if (device != 0) return INVALID_DEVICE;
  if (state().primary_users == 0) return INVALID_CONTEXT;
  state().primary_users--;
  return SUCCESS;
}

API CUresult cuDevicePrimaryCtxReset_v2(CUdevice device) {
  CALL(false);
  return device == 0 ? wait_for_all() : INVALID_DEVICE;
}

API CUresult cuDevicePrimaryCtxGetState(CUdevice device, unsigned int* flags, int* active) {
  CALL(false);
  if (device != 0) return INVALID_DEVICE;
  *flags = 0;
  *active = state().primary_users > 0;
  return SUCCESS;
}

API CUresult cuDevicePrimaryCtxSetFlags_v2(CUdevice device, unsigned int) {
  CALL(false);
  return device == 0 ? SUCCESS : INVALID_DEVICE;
}

API CUresult cuCtxCreate_v2(CUcontext* context, unsigned int, CUdevice device) {
  CALL(false);
  if (device != 0) return INVALID_DEVICE;
  *context = new Context;
  state().contexts.insert(*context);
  stack.push_back(current_context);
  current_context = *context;
  return SUCCESS;
}

API CUresult cuCtxDestroy_v2(CUcontext context) {
  CALL(false);
  if (state().contexts.erase(context) == 0) return INVALID_CONTEXT;
  const CUresult result = wait_for_all();
  if (current_context == context) {
    current_context = stack.empty() ? nullptr : stack.back();
    if (!stack.empty()) stack.pop_back();
  }
  delete context;
  return result;
}

API CUresult cuCtxSetCurrent(CUcontext context) {
  CALL(false);
  if (context != nullptr && !is_context(context)) return INVALID_CONTEXT;
  current_context = context;
  return SUCCESS;
}

API CUresult cuCtxGetCurrent(CUcontext* context) {
  CALL(false);
  *context = current_context;
  return SUCCESS;
}

API CUresult cuCtxPushCurrent_v2(CUcontext context) {
  CALL(false);
  if (!is_context(context)) return INVALID_CONTEXT;
  stack.push_back(current_context);
  current_context = context;
  return SUCCESS;
}

API CUresult cuCtxPopCurrent_v2(CUcontext* context) {
  CALL(false);
  if (current_context == nullptr) return INVALID_CONTEXT;
  if (context != nullptr) *context = current_context;
  current_context = stack.empty() ? nullptr : stack.back();
  if (!stack.empty()) stack.pop_back();
  return SUCCESS;
}

API CUresult cuCtxGetDevice(CUdevice* device) {
  CALL();
  *device = 0;
  return SUCCESS;
}

API CUresult cuCtxSynchronize() {
  CALL();
  if (const CUresult error = forbidden_while_capturing()) return error;
  if (!state().captures.empty()) return CAPTURE_UNSUPPORTED;
  return wait_for_all();
}

API CUresult cuCtxGetApiVersion(CUcontext, unsigned int* version) {
  CALL(false);
  *version = 12060;
  return SUCCESS;
}

API CUresult cuCtxGetFlags(unsigned int* flags) {
  CALL();
  *flags = 0;
  return SUCCESS;
}

API CUresult cuCtxGetStreamPriorityRange(int* least, int* greatest) {
  CALL();
  if (least != nullptr) *least = 0;
  if (greatest != nullptr) *greatest = -5;
  return SUCCESS;
}

// Hints that a device may ignore.
API CUresult cuCtxSetCacheConfig(int) {
  CALL();
  return SUCCESS;
}

API CUresult cuCtxSetLimit(int, size_t) {
  CALL();
  return SUCCESS;
}

API CUresult cuProfilerStart() {
  CALL();
  return SUCCESS;
}

API CUresult cuProfilerStop() {
  CALL();
  return SUCCESS;
}

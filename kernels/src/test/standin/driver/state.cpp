#include "state.h"

#include <utility>

State& state() {
  // Never destroyed: the JVM's threads may call while the process ends.
  static State* the = new State;
  return *the;
}

thread_local Context* current_context = nullptr;

CUresult wait_for_all() {
  State& s = state();
  while (!s.queue.empty()) {
    std::vector<Work> queue = std::exchange(s.queue, {});
    for (Work& work : queue) {
      const CUresult result = work.run();
      if (s.failed == SUCCESS) s.failed = result;
    }
  }
  return std::exchange(s.failed, SUCCESS);
}

CUresult wait_for_legacy() {
  for (const Work& work : state().queue) {
    if (work.blocking) return wait_for_all();
  }
  return SUCCESS;
}

bool is_stream(CUstream stream) {
  // 0, 1 and 2 are the legacy stream, by two names, and the thread's own.
  return reinterpret_cast<uintptr_t>(stream) <= 2 || state().streams.count(stream) != 0;
}

CUresult submit(CUstream stream, Work work) {
  State& s = state();
  if (!is_stream(stream)) return INVALID_HANDLE;
  if (reinterpret_cast<uintptr_t>(stream) <= 2) {
    if (const CUresult error = legacy_while_capturing()) return error;
  } else if (stream->capture != nullptr) {
    Capture& capture = *stream->capture;
    if (capture.invalid) return CAPTURE_INVALIDATED;
    if (stream != capture.origin) capture.unfinished.insert(stream);
    capture.graph->nodes.push_back(std::move(work));
    return SUCCESS;
  }
  work.blocking = reinterpret_cast<uintptr_t>(stream) <= 2 || (stream->flags & 1u) == 0;
  s.queue.push_back(std::move(work));
  // A bound, so that a long run without any wait does not keep all its arguments.
  if (s.queue.size() >= 4096) s.failed = wait_for_all();
  return SUCCESS;
}

CUresult forbidden_while_capturing() {
  bool found = false;
  for (const auto& capture : state().captures) {
    if (capture->mode != 2) {  // relaxed captures allow it
      capture->invalid = true;
      found = true;
    }
  }
  return found ? CAPTURE_UNSUPPORTED : SUCCESS;
}

CUresult legacy_while_capturing() {
  // A non-blocking stream does not meet the legacy stream, so a capture on one is left alone.
  for (const auto& capture : state().captures) {
    if ((capture->origin->flags & 1u) == 0) {
      capture->invalid = true;
      return CAPTURE_IMPLICIT;
    }
  }
  return SUCCESS;
}

bool is_pinned(const void* p, size_t bytes) {
  const uintptr_t at = reinterpret_cast<uintptr_t>(p);
  for (const auto* ranges : {&state().pinned, &state().registered}) {
    auto after = ranges->upper_bound(at);
    if (after == ranges->begin()) continue;
    --after;
    if (at + bytes <= after->first + after->second) return true;
  }
  return false;
}

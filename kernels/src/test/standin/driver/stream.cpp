// Streams and events.
#include <chrono>

#include "state.h"

namespace {
bool captured(CUstream stream) {
  return reinterpret_cast<uintptr_t>(stream) > 2 && stream->capture != nullptr;
}

CUresult wait_on(CUstream stream) {
  if (!is_stream(stream)) return INVALID_HANDLE;
  if (captured(stream)) {
    stream->capture->invalid = true;
    return CAPTURE_UNSUPPORTED;
  }
  if (reinterpret_cast<uintptr_t>(stream) <= 2) {
    if (const CUresult error = legacy_while_capturing()) return error;
  }
  return wait_for_all();
}

long long now() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}
}  // namespace

API CUresult cuStreamCreateWithPriority(CUstream* stream, unsigned int flags, int priority) {
  CALL();
  if (stream == nullptr || flags > 1) return INVALID_VALUE;
  *stream = new Stream;
  (*stream)->flags = flags;
  (*stream)->priority = priority;
  (*stream)->id = state().next_id++;
  state().streams.insert(*stream);
  return SUCCESS;
}

API CUresult cuStreamCreate(CUstream* stream, unsigned int flags) {
  return cuStreamCreateWithPriority(stream, flags, 0);
}

API CUresult cuStreamDestroy_v2(CUstream stream) {
  CALL();
  if (state().streams.count(stream) == 0) return INVALID_HANDLE;
  if (stream->capture != nullptr) {
    stream->capture->invalid = true;
    return CAPTURE_UNSUPPORTED;
  }
  const CUresult result = wait_for_all();
  state().streams.erase(stream);
  delete stream;
  return result;
}

API CUresult cuStreamSynchronize(CUstream stream) {
  CALL();
  return wait_on(stream);
}

API CUresult cuStreamQuery(CUstream stream) {
  CALL();
  return wait_on(stream);
}

API CUresult cuStreamGetFlags(CUstream stream, unsigned int* flags) {
  CALL();
  if (!is_stream(stream)) return INVALID_HANDLE;
  *flags = reinterpret_cast<uintptr_t>(stream) <= 2 ? 0 : stream->flags;
  return SUCCESS;
}

API CUresult cuStreamGetPriority(CUstream stream, int* priority) {
  CALL();
  if (!is_stream(stream)) return INVALID_HANDLE;
  *priority = reinterpret_cast<uintptr_t>(stream) <= 2 ? 0 : stream->priority;
  return SUCCESS;
}

API CUresult cuStreamGetCtx(CUstream stream, CUcontext* context) {
  CALL();
  if (!is_stream(stream)) return INVALID_HANDLE;
  *context = current_context;
  return SUCCESS;
}

API CUresult cuStreamGetId(CUstream stream, unsigned long long* id) {
  CALL();
  if (!is_stream(stream)) return INVALID_HANDLE;
  *id = reinterpret_cast<uintptr_t>(stream) <= 2 ? 0 : stream->id;
  return SUCCESS;
}

API CUresult cuLaunchHostFunc(CUstream stream, void (*function)(void*), void* data) {
  CALL();
  return submit(stream, {Kind::HOST, [=] {
                           function(data);
                           return SUCCESS;
                         }});
}

API CUresult cuEventCreate(CUevent* event, unsigned int flags) {
  CALL();
  if (event == nullptr || flags > 7) return INVALID_VALUE;
  *event = new Event;
  (*event)->flags = flags;
  state().events.insert(*event);
  return SUCCESS;
}

API CUresult cuEventDestroy_v2(CUevent event) {
  CALL();
  if (state().events.count(event) == 0) return INVALID_HANDLE;
  // Work that is queued may still set it.
  const CUresult result = wait_for_all();
  state().events.erase(event);
  delete event;
  return result;
}

API CUresult cuEventRecordWithFlags(CUevent event, CUstream stream, unsigned int) {
  CALL();
  if (state().events.count(event) == 0 || !is_stream(stream)) return INVALID_HANDLE;
  if (captured(stream)) {
    // In a capture an event is an edge of the graph, and nothing that happens.
    event->capture = stream->capture;
    event->recorded = false;
    stream->capture->unfinished.erase(stream);
    return SUCCESS;
  }
  event->capture.reset();
  event->recorded = true;
  return submit(stream, {Kind::EMPTY, [event] {
                           event->nanoseconds = now();
                           return SUCCESS;
                         }});
}

API CUresult cuEventRecord(CUevent event, CUstream stream) {
  return cuEventRecordWithFlags(event, stream, 0);
}

API CUresult cuStreamWaitEvent(CUstream stream, CUevent event, unsigned int) {
  CALL();
  if (state().events.count(event) == 0 || !is_stream(stream)) return INVALID_HANDLE;
  if (event->capture != nullptr) {
    if (state().captures.count(event->capture) == 0) return CAPTURED_EVENT;
    if (reinterpret_cast<uintptr_t>(stream) <= 2) return legacy_while_capturing();
    if (stream->capture != nullptr && stream->capture != event->capture) {
      stream->capture->invalid = event->capture->invalid = true;
      return CAPTURE_MERGE;
    }
    if (stream->capture == nullptr) {
      stream->capture = event->capture;
      stream->capture->joined.insert(stream);
      stream->capture->unfinished.insert(stream);
    }
    return SUCCESS;
  }
  if (captured(stream) && event->recorded) {
    stream->capture->invalid = true;
    return CAPTURE_ISOLATION;
  }
  // One queue in the order of the calls: what the event stands for is done before.
  return SUCCESS;
}

API CUresult cuEventSynchronize(CUevent event) {
  CALL();
  if (state().events.count(event) == 0) return INVALID_HANDLE;
  if (event->capture != nullptr) return CAPTURED_EVENT;
  if (const CUresult error = forbidden_while_capturing()) return error;
  return wait_for_all();
}

API CUresult cuEventQuery(CUevent event) { return cuEventSynchronize(event); }

API CUresult cuEventElapsedTime(float* milliseconds, CUevent from, CUevent to) {
  CALL();
  if (state().events.count(from) == 0 || state().events.count(to) == 0) return INVALID_HANDLE;
  if (!from->recorded || !to->recorded || ((from->flags | to->flags) & 2u) != 0) {
    return INVALID_HANDLE;
  }
  if (const CUresult error = wait_for_all()) return error;
  *milliseconds =
      static_cast<float>(static_cast<double>(to->nanoseconds - from->nanoseconds) / 1e6);
  return SUCCESS;
}

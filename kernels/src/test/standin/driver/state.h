// What the driver knows: handles that live, the queue of work, the pinned host memory.
//
// Work is queued and done as late as the rules of streams allow: at the next call that waits. A
// host buffer that is changed too early, or read too early, so gives wrong numbers in a test, as it
// may on a device. One queue in the order of the calls serves all streams; that is one of their
// legal orders.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "cuda.h"

struct Graph;

struct Context {
  bool primary = false;
};

struct Stream {
  unsigned int flags = 0;
  int priority = 0;
  unsigned long long id = 0;
  std::shared_ptr<struct Capture> capture;
};

struct Event {
  unsigned int flags = 0;
  bool recorded = false;
  long long nanoseconds = 0;
  std::shared_ptr<struct Capture> capture;  // set when it was recorded in one
};

// The kinds of nodes, numbered as the driver numbers them.
enum class Kind { KERNEL = 0, MEMCPY = 1, MEMSET = 2, HOST = 3, EMPTY = 5 };

// One piece of work. Its arguments were copied when it was made.
struct Work {
  Kind kind;
  std::function<CUresult()> run;
  bool blocking = false;  // on a stream that the legacy stream waits for
};

struct Graph {
  std::vector<Work> nodes;
};

struct GraphExec {
  std::shared_ptr<std::vector<Work>> nodes;
};

// A capture that is going on: where it began, and who joined it through events.
struct Capture {
  Stream* origin = nullptr;
  int mode = 0;
  bool invalid = false;
  std::set<Stream*> joined;      // other streams
  std::set<Stream*> unfinished;  // those with work that no event has brought back yet
  std::unique_ptr<Graph> graph = std::make_unique<Graph>();
};

struct State {
  std::recursive_mutex mutex;
  bool initialised = false;
  int primary_users = 0;
  Context primary{true};
  std::set<Context*> contexts;
  std::set<Stream*> streams;
  std::set<Event*> events;
  std::set<Module*> modules;
  std::set<Function*> functions;
  std::set<Graph*> graphs;
  std::set<GraphExec*> execs;
  std::map<uintptr_t, size_t> pinned;      // cuMemHostAlloc, cuMemAllocHost
  std::map<uintptr_t, size_t> registered;  // cuMemHostRegister
  std::vector<Work> queue;
  CUresult failed = SUCCESS;  // of work done since the last call that waited
  std::set<std::shared_ptr<Capture>> captures;
  unsigned long long next_id = 1;
};

extern State& state();
extern thread_local Context* current_context;

// Held by every call of the API. `error` says why the call cannot go on.
class Call {
 public:
  explicit Call(bool needs_context = true) : lock_(state().mutex) {
    if (!state().initialised) {
      error = NOT_INITIALIZED;
    } else if (needs_context && current_context == nullptr) {
      error = INVALID_CONTEXT;
    }
  }
  CUresult error = SUCCESS;

 private:
  std::lock_guard<std::recursive_mutex> lock_;
};
#define CALL(...)                \
  const Call call_{__VA_ARGS__}; \
  if (call_.error != SUCCESS) return call_.error

// Does all the queued work; the first error since the last call of this is returned, once. (A real
// context is lost after such an error; here the next test can go on.)
CUresult wait_for_all();

// What a call on the legacy stream that returns when it is done waits for: not for the work of
// non-blocking streams. Who forgets that reads too early, here as on a device.
CUresult wait_for_legacy();

// Queues the work on a stream, or adds it to the graph that the stream is captured into.
CUresult submit(CUstream stream, Work work);

// Whether a stream handle is one that work can be given to.
bool is_stream(CUstream stream);

// A call that waits or allocates while a capture forbids it: the error, and the capture is invalid.
CUresult forbidden_while_capturing();

// A call that uses the legacy stream, which a capture forbids too.
CUresult legacy_while_capturing();

bool is_pinned(const void* p, size_t bytes);

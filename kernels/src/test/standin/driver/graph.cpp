// Stream capture and graphs. A graph is the captured work in the order of the calls.
#include "state.h"

namespace {
thread_local int exchanged_mode = 0;

void end(const std::shared_ptr<Capture>& capture) {
  capture->origin->capture.reset();
  for (Stream* stream : capture->joined) {
    if (state().streams.count(stream) != 0) stream->capture.reset();
  }
  state().captures.erase(capture);
}
}  // namespace

API CUresult cuStreamBeginCapture_v2(CUstream stream, int mode) {
  CALL();
  if (!is_stream(stream)) return INVALID_HANDLE;
  // The legacy stream cannot be captured.
  if (reinterpret_cast<uintptr_t>(stream) <= 2) return CAPTURE_UNSUPPORTED;
  if (mode < 0 || mode > 2) return INVALID_VALUE;
  if (stream->capture != nullptr) return ILLEGAL_STATE;
  stream->capture = std::make_shared<Capture>();
  stream->capture->origin = stream;
  stream->capture->mode = mode;
  state().captures.insert(stream->capture);
  return SUCCESS;
}

API CUresult cuStreamEndCapture(CUstream stream, CUgraph* graph) {
  CALL();
  if (!is_stream(stream)) return INVALID_HANDLE;
  *graph = nullptr;
  if (reinterpret_cast<uintptr_t>(stream) <= 2 || stream->capture == nullptr) return ILLEGAL_STATE;
  const std::shared_ptr<Capture> capture = stream->capture;
  if (stream != capture->origin) {
    capture->invalid = true;
    return CAPTURE_UNMATCHED;
  }
  const bool unjoined = !capture->unfinished.empty();
  end(capture);
  if (capture->invalid) return CAPTURE_INVALIDATED;
  if (unjoined) return CAPTURE_UNJOINED;
  *graph = capture->graph.release();
  state().graphs.insert(*graph);
  return SUCCESS;
}

API CUresult cuStreamIsCapturing(CUstream stream, int* status) {
  CALL();
  if (!is_stream(stream)) return INVALID_HANDLE;
  if (reinterpret_cast<uintptr_t>(stream) <= 2) {
    *status = 0;
    return legacy_while_capturing();
  }
  *status = stream->capture == nullptr ? 0 : stream->capture->invalid ? 2 : 1;
  return SUCCESS;
}

API CUresult cuThreadExchangeStreamCaptureMode(int* mode) {
  const int old = exchanged_mode;
  exchanged_mode = *mode;
  *mode = old;
  return SUCCESS;
}

API CUresult cuGraphCreate(CUgraph* graph, unsigned int) {
  CALL(false);
  *graph = new Graph;
  state().graphs.insert(*graph);
  return SUCCESS;
}

API CUresult cuGraphClone(CUgraph* clone, CUgraph graph) {
  CALL(false);
  if (state().graphs.count(graph) == 0) return INVALID_VALUE;
  *clone = new Graph(*graph);
  state().graphs.insert(*clone);
  return SUCCESS;
}

API CUresult cuGraphDestroy(CUgraph graph) {
  CALL(false);
  if (state().graphs.erase(graph) == 0) return INVALID_VALUE;
  delete graph;
  return SUCCESS;
}

// Nodes are named by their places in the graph, which last as long as it does.
API CUresult cuGraphGetNodes(CUgraph graph, const Work** nodes, size_t* count) {
  CALL(false);
  if (state().graphs.count(graph) == 0) return INVALID_VALUE;
  // Never more than there are: JCuda gives its array with a count that it has not set.
  for (size_t i = 0; nodes != nullptr && i < *count && i < graph->nodes.size(); i++) {
    nodes[i] = &graph->nodes[i];
  }
  if (nodes == nullptr || *count > graph->nodes.size()) *count = graph->nodes.size();
  return SUCCESS;
}

API CUresult cuGraphNodeGetType(const Work* node, int* type) {
  CALL(false);
  *type = static_cast<int>(node->kind);
  return SUCCESS;
}

API CUresult cuGraphInstantiateWithFlags(CUgraphExec* exec, CUgraph graph, unsigned long long) {
  CALL();
  if (state().graphs.count(graph) == 0) return INVALID_VALUE;
  *exec = new GraphExec{std::make_shared<std::vector<Work>>(graph->nodes)};
  state().execs.insert(*exec);
  return SUCCESS;
}

API CUresult cuGraphExecDestroy(CUgraphExec exec) {
  CALL(false);
  if (state().execs.erase(exec) == 0) return INVALID_VALUE;
  delete exec;
  return SUCCESS;
}

API CUresult cuGraphUpload(CUgraphExec exec, CUstream stream) {
  CALL();
  if (state().execs.count(exec) == 0) return INVALID_VALUE;
  return is_stream(stream) ? SUCCESS : INVALID_HANDLE;
}

API CUresult cuGraphLaunch(CUgraphExec exec, CUstream stream) {
  CALL();
  if (state().execs.count(exec) == 0) return INVALID_VALUE;
  return submit(stream, {Kind::EMPTY, [nodes = exec->nodes] {
                           CUresult result = SUCCESS;
                           for (const Work& node : *nodes) {
                             const CUresult one = node.run();
                             if (result == SUCCESS) result = one;
                           }
                           return result;
                         }});
}

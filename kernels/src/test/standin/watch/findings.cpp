// What the scheduler finds: threads that do not meet.
#include <cstring>

#include "report.h"
#include "watch.h"

using report::failed;
using report::news;
using report::text;
using report::where;

namespace {
std::string place(const Site& site) {
  return std::string(site.file) + ":" + std::to_string(site.line);
}

std::string waiting(unsigned int thread) {
  const Thread& t = block.threads[thread];
  const char* what =
      t.doing == Doing::AT_WARP ? " waits for its warp at " : " waits at the barrier at ";
  return "thread " + text(thread_place(thread)) + what + place(t.site);
}
}  // namespace

namespace watch {
void divergent() {
  // Said of the first thread that waits, and of the first that does something else.
  std::string waits, other;
  const Thread* first = nullptr;
  for (unsigned int i = 0; i < block.count; i++) {
    const Thread& t = block.threads[i];
    if (t.doing == Doing::DONE) {
      if (other.empty()) other = "thread " + text(thread_place(i)) + " has ended";
    } else if (first == nullptr) {
      first = &t;
      waits = waiting(i);
    } else if (other.empty() &&
               (t.site.line != first->site.line || t.site.file != first->site.file ||
                t.doing != first->doing || t.kind != first->kind)) {
      other = waiting(i);
    }
  }
  if (other.empty()) other = "the lanes that its mask names do not come";
  report::add("divergent barrier: kernel " + block.launch.function->name + ", block " +
              text(__scoria_now.block) + ": " + waits + ", while " + other);
  failed(LAUNCH_FAILED);
  block.stopped = true;
}

void wrong_mask() {
  report::add("wrong mask: " + where() + " calls a warp operation at " +
              place(block.threads[block.current].site) +
              " whose mask does not name it, or whose width is no power of two up to 32");
  failed(LAUNCH_FAILED);
}

void absent_lane(unsigned int thread, unsigned int lane) {
  const Site site = block.threads[thread].site;
  if (news("absent", place(site))) {
    report::add("absent lane: kernel " + block.launch.function->name + ", block " +
                text(__scoria_now.block) + ", thread " + text(thread_place(thread)) +
                " shuffles at " + place(site) + " from lane " + std::to_string(lane) +
                ", which does not take part");
  }
  failed(LAUNCH_FAILED);
}

void trap(const char* what, Site site) {
  report::add(std::string(what) + ": " + where() + " at " + place(site));
  failed(std::strcmp(what, "trap") == 0 ? LAUNCH_FAILED : ASSERT);
}
}  // namespace watch

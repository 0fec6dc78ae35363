// The watch: what it is told by the scheduler and by those who compile and load.
#pragma once
#include <string>

#include "../run/block.h"

namespace watch {
// Whether this process watches: unless SCORIA_STANDIN_WATCH=0 or scoriaStandinWatch(0) said no.
bool wanted();

void begin_launch();
void begin_block();
void end_launch();
void unload(const Module* module);

// The block is stuck: some threads wait where others do not come.
void divergent();
// The current thread calls a warp operation whose mask does not name it, or of a width that is
// none.
void wrong_mask();
// A shuffle of the thread reads a lane that does not take part.
void absent_lane(unsigned int thread, unsigned int lane);
void trap(const char* what, Site site);
}  // namespace watch

// The place of the thread that runs, as kernels read it. The shim's threads.h declares the same.
#pragma once

struct Three {
  unsigned int x, y, z;
};

struct Place {
  Three thread, block, block_size, grid_size;
};

extern "C" __attribute__((visibility("default"))) Place __scoria_now;

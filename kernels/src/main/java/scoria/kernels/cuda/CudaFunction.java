package scoria.kernels.cuda;

import static jcuda.driver.JCudaDriver.cuLaunchKernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;
import jcuda.Pointer;
import jcuda.driver.CUfunction;

/**
 * A kernel that can be launched. All of our kernels' parameters have 8 bytes: addresses, {@code
 * long long} and {@code double}.
 */
public final class CudaFunction {
  /** Blocks of a grid's y and z axes that every device allows. */
  static final int MOST_YZ = 65_535;

  private static final int MOST_ARGUMENTS = 64;

  private static final ThreadLocal<Arguments> ARGUMENTS = ThreadLocal.withInitial(Arguments::new);

  private final String name;
  private final CUfunction handle;

  CudaFunction(String name, CUfunction handle) {
    this.name = name;
    this.handle = handle;
  }

  /** A thread's room for the values of parameters, and a list of pointers to each of them. */
  private static final class Arguments {
    final LongBuffer values;
    final Pointer[] lists = new Pointer[MOST_ARGUMENTS + 1];
    final Pointer[] each = new Pointer[MOST_ARGUMENTS];

    Arguments() {
      ByteBuffer bytes =
          ByteBuffer.allocateDirect(MOST_ARGUMENTS * Long.BYTES).order(ByteOrder.nativeOrder());
      values = bytes.asLongBuffer();
      Pointer first = Pointer.to(bytes);
      for (int i = 0; i < MOST_ARGUMENTS; i++) {
        each[i] = first.withByteOffset((long) i * Long.BYTES);
      }
    }

    Pointer list(int count) {
      if (lists[count] == null) {
        lists[count] = Pointer.to(Arrays.copyOf(each, count));
      }
      return lists[count];
    }
  }

  /**
   * Queues a launch over a grid of one axis.
   *
   * @param stream where
   * @param blocks how many; 0 launches nothing
   * @param threads of a block, 1 to 1024
   * @param arguments values of the parameters, addresses as they are, a double by its bits
   */
  public void launch(CudaStream stream, long blocks, int threads, long... arguments) {
    launchTiles(stream, blocks, 1, 1, threads, 1, arguments);
  }

  /**
   * Queues a launch over a grid of three axes, of blocks of two.
   *
   * @param stream where
   * @param blocksX blocks of the grid's x axis, at most 2^31 - 1
   * @param blocksY blocks of its y axis, at most 65,535
   * @param blocksZ blocks of its z axis, at most 65,535; with 0 on any axis nothing is launched
   * @param threadsX threads of a block's x axis
   * @param threadsY threads of its y axis
   * @param arguments values of the parameters, addresses as they are, a double by its bits
   * @throws CudaFailure if the driver does not take it
   */
  public void launchTiles(
      CudaStream stream,
      long blocksX,
      long blocksY,
      long blocksZ,
      int threadsX,
      int threadsY,
      long... arguments) {
    if (blocksX == 0 || blocksY == 0 || blocksZ == 0) {
      return;
    }
    stream.context().enter();
    Arguments room = ARGUMENTS.get();
    room.values.put(0, arguments);
    int status =
        cuLaunchKernel(
            handle,
            Math.toIntExact(blocksX),
            Math.toIntExact(blocksY),
            Math.toIntExact(blocksZ),
            threadsX,
            threadsY,
            1,
            0,
            stream.handle(),
            room.list(arguments.length),
            null);
    if (status != 0) {
      Check.driver(status, "launching " + name);
    }
  }
}

package scoria.kernels.cuda;

import jcuda.driver.CUdeviceptr;

/** A device address in the form that the bindings take and give. */
final class DevicePointer extends CUdeviceptr {
  private static final CUdeviceptr ZERO = new CUdeviceptr();

  /** Filled in by a call that allocates. */
  DevicePointer() {}

  /** Stands for an address. */
  DevicePointer(long address) {
    super(ZERO, address);
  }

  long address() {
    return getNativePointer() + getByteOffset();
  }
}

package scoria.bench.data;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import scoria.bench.UserError;
import scoria.engine.io.ArrayData;
import scoria.engine.io.FormatException;
import scoria.engine.io.NpyFormat;

/** Points of a NumPy file: [n], [n, d], or images [n, height, width]. */
final class NpyFile {
  private NpyFile() {}

  /**
   * @throws UserError if the file is damaged or holds something else
   */
  static Samples load(String name, Path file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      ArrayData array = NpyFormat.read(file, arena);
      long[] shape = array.shape();
      if (shape.length < 1 || shape.length > 3) {
        throw new UserError(
            file
                + " holds "
                + array
                + "; points are [n] or [n, d], images [n, height, width] in shades of grey");
      }
      List<Integer> item = new ArrayList<>();
      for (int i = 1; i < shape.length; i++) {
        item.add(Math.toIntExact(shape[i]));
      }
      return new Samples(name, file.toString(), floats(array), item.isEmpty() ? List.of(1) : item);
    } catch (FormatException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    }
  }

  private static float[] floats(ArrayData array) {
    float[] out = new float[Math.toIntExact(array.size())];
    MemorySegment data = array.data();
    for (int i = 0; i < out.length; i++) {
      out[i] =
          switch (array.dtype()) {
            case F32 -> data.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            case F64 -> (float) data.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
            case I64 -> data.getAtIndex(ValueLayout.JAVA_LONG, i);
            case I32 -> data.getAtIndex(ValueLayout.JAVA_INT, i);
            case U8 -> Byte.toUnsignedInt(data.get(ValueLayout.JAVA_BYTE, i));
            case BOOL -> data.get(ValueLayout.JAVA_BYTE, i);
          };
    }
    return out;
  }
}

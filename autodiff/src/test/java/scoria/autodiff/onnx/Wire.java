package scoria.autodiff.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A message of protocol buffers, read field by field: a tag, which is the field's number and how
 * its value is encoded, and the value.
 */
final class Wire {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED32 = 5;

  private final ByteBuffer bytes;
  private int encoding;

  Wire(ByteBuffer bytes) {
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The number of the next field, or 0 at the end. */
  int next() {
    if (!bytes.hasRemaining()) {
      return 0;
    }
    long tag = integer();
    encoding = (int) (tag & 7);
    return (int) (tag >>> 3);
  }

  /** Whether more follows: in a packed field, another item. */
  boolean hasMore() {
    return bytes.hasRemaining();
  }

  /** Whether the field holds bytes: text, a message, or packed items. */
  boolean isDelimited() {
    return encoding == LENGTH_DELIMITED;
  }

  /** An integer of any size: seven bits a byte, the lowest first. */
  long integer() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = bytes.get();
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IllegalStateException("an integer of more than 64 bits at " + bytes.position());
  }

  int fixed32() {
    return bytes.getInt();
  }

  long fixed64() {
    return bytes.getLong();
  }

  /** The bytes of a delimited field, little-endian. */
  ByteBuffer delimited() {
    int length = Math.toIntExact(integer());
    ByteBuffer slice = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.position() + length);
    return slice;
  }

  /** The message in a delimited field, or its packed items. */
  Wire inner() {
    return new Wire(delimited());
  }

  String text() {
    return StandardCharsets.UTF_8.decode(delimited()).toString();
  }

  /** Passes over the value of a field that nobody wants. */
  void skip() {
    switch (encoding) {
      case VARINT -> integer();
      case FIXED64 -> fixed64();
      case LENGTH_DELIMITED -> delimited();
      case FIXED32 -> fixed32();
      default ->
          throw new IllegalStateException(
              "a field encoded by " + encoding + " at " + bytes.position());
    }
  }
}

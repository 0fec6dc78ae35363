package scoria.bench.data;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What one point of a data set is.
 *
 * @param shape sizes of its axes: [d] for a point, [height, width] for an image
 * @param low least value of a coordinate: black, or the edge of a plot
 * @param high greatest value of a coordinate: white
 */
public record Format(
    @JsonProperty("shape") List<Integer> shape,
    @JsonProperty("low") double low,
    @JsonProperty("high") double high) {
  /** Copies the list. */
  public Format {
    shape = List.copyOf(shape);
  }

  /** d: how many numbers a point has. */
  @JsonIgnore
  public int dimension() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** Whether a point can be shown as an image. */
  @JsonIgnore
  public boolean isImage() {
    return shape.size() == 2;
  }

  /** Sizes of a tensor of n points in their own shape. */
  public long[] sizes(long n) {
    long[] sizes = new long[shape.size() + 1];
    sizes[0] = n;
    for (int i = 1; i < sizes.length; i++) {
      sizes[i] = shape.get(i - 1);
    }
    return sizes;
  }
}

package scoria.kernels.cpu;

import java.lang.foreign.MemorySegment;

/**
 * The loops around {@link GemmTileF32}: op(B) packed, and rows of C from what was packed.
 *
 * <p>With at least as many columns as lanes op(B) is packed in panels of columns, and rows of op(A)
 * pass by. With fewer it depends on op(A). By rows it passes one panel of half the width. By
 * columns the transposed product is made: op(B) is packed as rows and columns of op(A)', which are
 * many, take the panels' place. A fused multiply-add does not mind which factor comes first, so the
 * bits are the same.
 *
 * <p>All of it runs on the calling thread and allocates nothing once the workspace has grown.
 * Places and distances between rows of unpacked matrices are in bytes.
 */
// float64: generated
final class GemmBlocksF32 {
  private static final int KC = GemmF32.KC;
  private static final int LANES = GemmTileF32.LANES;
  private static final int COLUMNS = GemmTileF32.COLUMNS;
  private static final int LEFT_ROW = GemmTileF32.LEFT_ROW;

  /** Rows of A that pass a panel of B before the next panel is taken: whole tiles of any height. */
  static final int MC = 48;

  private GemmBlocksF32() {}

  /** Elements of op(B) packed; at least {@code k} times {@code n}. */
  static long packedSize(long n, long k) {
    if (n < LANES) {
      // For either kind of op(A).
      return rowsSize(n, k) + LANES * k;
    }
    return (n + COLUMNS - 1) / COLUMNS * COLUMNS * k;
  }

  /** Elements of few columns of op(B) packed as rows, for columns of op(A)' to pass. */
  private static long rowsSize(long n, long k) {
    return (k + KC - 1) / KC * LEFT_ROW * GemmPackF32.covered((int) n);
  }

  /** Where the packed block of k that starts at {@code p} begins. */
  private static int blockAt(long n, int p) {
    return (int) (n < LANES ? rowsSize(n, p) : packedSize(n, p));
  }

  /** Where the panel of one vector begins for the block of k that starts at {@code p}. */
  private static int slimAt(long n, int k, int p) {
    return (int) rowsSize(n, k) + LANES * p;
  }

  /** Pieces in which op(B) can be packed: panels, or all of it where columns are few. */
  static long pieces(long n) {
    return n < LANES ? 1 : (n + COLUMNS - 1) / COLUMNS;
  }

  /** Packs op(B) of k by n into {@link #packedSize} elements from {@code to}. */
  static void pack(
      boolean transB, long n, int k, MemorySegment b, long bAt, long bRow, float[] packed, int to) {
    pack(transB, n, k, b, bAt, bRow, packed, to, 0, pieces(n));
  }

  /** Packs some of the {@link #pieces} of op(B), from {@code first} to before {@code last}. */
  static void pack(
      boolean transB,
      long n,
      int k,
      MemorySegment b,
      long bAt,
      long bRow,
      float[] packed,
      int to,
      long first,
      long last) {
    MemorySegment square = GemmWorkspaceF32.ofThread().tile;
    for (int p = 0; p < k; p += KC) {
      int depth = Math.min(KC, k - p);
      int x = to + blockAt(n, p);
      long from = bAt + (transB ? (long) p * Float.BYTES : p * bRow);
      if (n < LANES) {
        if (transB) {
          GemmPackF32.rows(b, from, bRow, (int) n, depth, packed, x);
          GemmPackF32.slimTurned(
              b, from, bRow, depth, (int) n, packed, to + slimAt(n, k, p), square);
        } else {
          GemmPackF32.rowsTurned(b, from, bRow, (int) n, depth, packed, x, square);
          GemmPackF32.slim(b, from, bRow, depth, (int) n, packed, to + slimAt(n, k, p));
        }
        continue;
      }
      for (long j = first * COLUMNS; j < Math.min(n, last * COLUMNS); j += COLUMNS) {
        int width = (int) Math.min(COLUMNS, n - j);
        int panel = x + (int) j * depth;
        if (transB) {
          GemmPackF32.panelTurned(b, from + j * bRow, bRow, depth, width, packed, panel, square);
        } else {
          GemmPackF32.panel(b, from + j * Float.BYTES, bRow, depth, width, packed, panel);
        }
      }
    }
  }

  /**
   * Rows of C from op(B) packed.
   *
   * @param first whether the sums begin here; else they are added to C, whatever {@code beta} is
   */
  static void rows(
      boolean first,
      boolean transA,
      long m,
      long n,
      int k,
      float alpha,
      MemorySegment a,
      long aAt,
      long aRow,
      float[] packed,
      int packedAt,
      float beta,
      MemorySegment c,
      long cAt,
      long cRow) {
    if (n < LANES && transA) {
      narrow(first, m, (int) n, k, alpha, a, aAt, aRow, packed, packedAt, beta, c, cAt, cRow);
    } else if (first && beta == 0 && !transA && GemmShortF32.fits(n, k)) {
      GemmShortF32.rows(m, n, k, alpha, a, aAt, aRow, packed, packedAt, c, cAt, cRow);
    } else if (n < LANES) {
      slim(first, m, (int) n, k, alpha, a, aAt, aRow, packed, packedAt, beta, c, cAt, cRow);
    } else {
      wide(first, transA, m, n, k, alpha, a, aAt, aRow, packed, packedAt, beta, c, cAt, cRow);
    }
  }

  /**
   * For each block of k in turn, chunks of rows of op(A) are packed and pass all panels: a block of
   * op(B) stays in the second-level cache while all rows pass, and a chunk beside it.
   */
  private static void wide(
      boolean first,
      boolean transA,
      long m,
      long n,
      int k,
      float alpha,
      MemorySegment a,
      long aAt,
      long aRow,
      float[] packed,
      int packedAt,
      float beta,
      MemorySegment c,
      long cAt,
      long cRow) {
    GemmWorkspaceF32 here = GemmWorkspaceF32.ofThread();
    float[] left = here.packedA(GemmPackF32.covered((int) Math.min(MC, m)) * LEFT_ROW);
    for (int p = 0; p < k; p += KC) {
      int depth = Math.min(KC, k - p);
      boolean start = first && p == 0;
      int panels = packedAt + blockAt(n, p);
      for (long i = 0; i < m; i += MC) {
        int rows = (int) Math.min(MC, m - i);
        if (transA) {
          long from = aAt + p * aRow + i * Float.BYTES;
          GemmPackF32.rowsAcross(a, from, aRow, rows, depth, left, 0);
        } else {
          long from = aAt + i * aRow + (long) p * Float.BYTES;
          GemmPackF32.rows(a, from, aRow, rows, depth, left, 0);
        }
        for (long j = 0; j < n; j += COLUMNS) {
          int width = (int) Math.min(COLUMNS, n - j);
          int panel = panels + (int) j * depth;
          long to = cAt + i * cRow + j * Float.BYTES;
          tiles(
              transA, start, rows, width, depth, alpha, left, 0, packed, panel, beta, c, to, cRow,
              here.tile);
        }
      }
    }
  }

  /** Chunks of rows of op(A) pass one panel of one vector. */
  private static void slim(
      boolean first,
      long m,
      int n,
      int k,
      float alpha,
      MemorySegment a,
      long aAt,
      long aRow,
      float[] packed,
      int packedAt,
      float beta,
      MemorySegment c,
      long cAt,
      long cRow) {
    GemmWorkspaceF32 here = GemmWorkspaceF32.ofThread();
    float[] left = here.packedA(GemmPackF32.covered((int) Math.min(MC, m)) * LEFT_ROW);
    for (int p = 0; p < k; p += KC) {
      int depth = Math.min(KC, k - p);
      int x = packedAt + slimAt(n, k, p);
      for (long i = 0; i < m; i += MC) {
        int rows = (int) Math.min(MC, m - i);
        long from = aAt + i * aRow + (long) p * Float.BYTES;
        GemmPackF32.rows(a, from, aRow, rows, depth, left, 0);
        GemmSlimF32.rows(
            first && p == 0,
            rows,
            n,
            depth,
            alpha,
            left,
            packed,
            x,
            beta,
            c,
            cAt + i * cRow,
            cRow,
            here.tile);
      }
    }
  }

  /** All panels with rows that are packed already, for one block of k. */
  static void packedRows(
      int m,
      long n,
      int k,
      float[] left,
      float[] packed,
      int packedAt,
      MemorySegment c,
      long cAt,
      long cRow) {
    MemorySegment tile = GemmWorkspaceF32.ofThread().tile;
    if (n < LANES) {
      int x = packedAt + slimAt(n, k, 0);
      GemmSlimF32.rows(true, m, (int) n, k, 1, left, packed, x, 0, c, cAt, cRow, tile);
      return;
    }
    for (long j = 0; j < n; j += COLUMNS) {
      int width = (int) Math.min(COLUMNS, n - j);
      int panel = packedAt + (int) j * k;
      long to = cAt + j * Float.BYTES;
      tiles(false, true, m, width, k, 1, left, 0, packed, panel, 0, c, to, cRow, tile);
    }
  }

  /** Columns of op(A)' are packed panel by panel; what comes of each is turned into C. */
  private static void narrow(
      boolean first,
      long m,
      int n,
      int k,
      float alpha,
      MemorySegment a,
      long aAt,
      long aRow,
      float[] packed,
      int packedAt,
      float beta,
      MemorySegment c,
      long cAt,
      long cRow) {
    GemmWorkspaceF32 here = GemmWorkspaceF32.ofThread();
    float[] right = here.packedA(KC * COLUMNS);
    for (long i = 0; i < m; i += COLUMNS) {
      int width = (int) Math.min(COLUMNS, m - i);
      long to = cAt + i * cRow;
      if (!first || beta != 0) {
        GemmPackF32.transpose(
            c, to, cRow, width, n, here.turned, 0, GemmTileF32.TILE_ROW, here.tile);
      }
      for (int p = 0; p < k; p += KC) {
        int depth = Math.min(KC, k - p);
        long from = aAt + p * aRow + i * Float.BYTES;
        GemmPackF32.panel(a, from, aRow, depth, width, right, 0);
        boolean start = first && p == 0;
        int x = packedAt + blockAt(n, p);
        tiles(
            false,
            start,
            n,
            COLUMNS,
            depth,
            alpha,
            packed,
            x,
            right,
            0,
            beta,
            here.turned,
            0,
            GemmTileF32.TILE_ROW,
            here.tile);
      }
      GemmPackF32.transpose(here.turned, 0, GemmTileF32.TILE_ROW, n, width, c, to, cRow, here.tile);
    }
  }

  /** Up to 4 rows of C from op(B) as it is stored, by rows. */
  static void few(
      int m,
      long n,
      long k,
      float alpha,
      MemorySegment a,
      long aAt,
      long aRow,
      MemorySegment b,
      long bAt,
      long bRow,
      float beta,
      MemorySegment c,
      long cAt,
      long cRow) {
    GemmWorkspaceF32 here = GemmWorkspaceF32.ofThread();
    float[] left = here.packedA(4 * LEFT_ROW);
    float[] rest = here.packedB(KC * COLUMNS);
    for (long p = 0; p < k; p += KC) {
      int depth = (int) Math.min(KC, k - p);
      GemmPackF32.rows(a, aAt + p * Float.BYTES, aRow, m, depth, left, 0);
      for (long j = 0; j < n; j += COLUMNS) {
        int width = (int) Math.min(COLUMNS, n - j);
        long from = bAt + p * bRow + j * Float.BYTES;
        long to = cAt + j * Float.BYTES;
        if (width == COLUMNS) {
          GemmTileF32.unpacked4(left, depth, b, from, bRow, here.tile);
          GemmMergeF32.merge(here.tile, p == 0, alpha, beta, c, to, cRow, m, width);
        } else {
          GemmPackF32.panel(b, from, bRow, depth, width, rest, 0);
          tiles(
              false, p == 0, m, width, depth, alpha, left, 0, rest, 0, beta, c, to, cRow,
              here.tile);
        }
      }
    }
  }

  /** One panel with all packed rows. */
  private static void tiles(
      boolean turned,
      boolean first,
      int rows,
      int width,
      int depth,
      float alpha,
      float[] left,
      int leftAt,
      float[] right,
      int rightAt,
      float beta,
      MemorySegment c,
      long cAt,
      long cRow,
      MemorySegment tile) {
    int tall;
    for (int i = 0; i < rows; i += tall) {
      tall = GemmTileF32.height(rows - i);
      int height = Math.min(tall, rows - i);
      int from = leftAt + i * LEFT_ROW;
      long to = cAt + i * cRow;
      boolean full = height == tall && width == COLUMNS;
      if (full && first && beta == 0) {
        GemmTileF32.tile(turned, tall, left, from, depth, right, rightAt, alpha, c, to, cRow);
        continue;
      }
      GemmTileF32.tile(
          turned, tall, left, from, depth, right, rightAt, 1, tile, 0, GemmTileF32.TILE_ROW);
      GemmMergeF32.merge(tile, first, alpha, beta, c, to, cRow, height, width);
    }
  }
}

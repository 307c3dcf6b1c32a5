package dev.onewrite.spi;

import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import java.util.List;

/** The journal of all entities in commit order. Every method may block. */
public interface Tail {

  /**
   * 4 MiB of payloads, with which a page ends. A page of 256 rows is seldom above 1 MiB; of the
   * largest batches it would be 2 GiB, which no node could read, at whichever start.
   */
  int PAGE_BYTES_MAX = 4 << 20;

  /**
   * The greatest position up to which nothing new will ever appear.
   *
   * <p><b>Guarantee.</b> After this returned {@code b}, no row at or below {@code b} becomes
   * visible that was not visible before. An idle reader may therefore move on to {@code b}, if it
   * asked for it <em>before</em> the {@link #read} that found nothing.
   */
  Position bound();

  /**
   * The next rows after {@code after} of these slices, in position order, at most {@code max}. They
   * end with the row that brings their payloads to {@link #PAGE_BYTES_MAX}, so that fewer than
   * {@code max} may be followed by more; none means that there were none.
   *
   * <p><b>Guarantee.</b> Skips nothing: a row that commits late has a position above everything
   * read before it.
   */
  List<TailRow> read(Position after, SliceRange slices, int max);
}

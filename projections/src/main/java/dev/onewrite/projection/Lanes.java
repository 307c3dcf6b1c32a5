package dev.onewrite.projection;

import dev.onewrite.journal.Position;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/** What a worker does with the items of the tail. */
interface Lanes {

  /** The group whose offset says how far everything is settled. */
  String group();

  /** Items of one lane are settled one after the other, in the order of the tail. */
  String lane(TailItem item);

  /** Completes when everything of this item is settled. It never fails: it tries again. */
  CompletionStage<Done> settle(TailItem item);

  /**
   * The tail is read from the stored offset on, which was read before this is called. May block.
   */
  void begin();

  /** The group's floor was published. May block. */
  void rise(Position floor);

  /** Whether so many items are unsettled that others have to wait. */
  void press(boolean full);

  /** Ends the attempts; what was under way is done again by whoever comes next. */
  void stop();
}

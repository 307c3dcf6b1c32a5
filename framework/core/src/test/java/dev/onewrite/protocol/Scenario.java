package dev.onewrite.protocol;

import dev.onewrite.component.Address;
import dev.onewrite.journal.Position;
import dev.onewrite.journal.SliceRange;
import dev.onewrite.spi.Sequence;
import java.util.List;
import java.util.UUID;

/**
 * What may happen, and how often.
 *
 * @param messages in the order of their commits
 * @param workers the slices of each process that may run, any number of them at once
 * @param failures how often a handler may fail
 * @param attemptsMax the failure that is final
 * @param silence whether what is not answered may be deferred
 */
record Scenario(
    String name,
    List<Message> messages,
    List<Range> workers,
    int failures,
    int attemptsMax,
    boolean silence,
    int redrives,
    int discards) {

  static final String GROUP = "receiver";

  /** The shares that are used. */
  enum Range {
    ALL(SliceRange.ALL),
    LOW(SliceRange.share(0, 2)),
    HIGH(SliceRange.share(1, 2));

    final SliceRange slices;

    Range(SliceRange slices) {
      this.slices = slices;
    }

    /** The first sender is in the lower half of the slices, the second in the upper one. */
    boolean covers(int sender) {
      return COVERS[ordinal()][sender];
    }
  }

  private static final List<Address> SENDERS = List.of(senderIn(Range.LOW), senderIn(Range.HIGH));

  private static final List<Address> RECEIVERS =
      List.of(new Address(GROUP, "r1"), new Address(GROUP, "r2"));

  private static final boolean[][] COVERS = new boolean[Range.values().length][SENDERS.size()];

  static {
    for (Range range : Range.values()) {
      for (int sender = 0; sender < SENDERS.size(); sender++) {
        int slice = SliceRange.sliceOf(SENDERS.get(sender).persistenceId());
        COVERS[range.ordinal()][sender] = range.slices.contains(slice);
      }
    }
  }

  private static Address senderIn(Range range) {
    for (int i = 0; ; i++) {
      Address address = new Address("sender", "s" + i);
      if (range.slices.contains(SliceRange.sliceOf(address.persistenceId()))) {
        return address;
      }
    }
  }

  /** One message, one row. */
  record Message(int number, int sender, int receiver) {

    UUID id() {
      return new UUID(0, number);
    }

    Position origin() {
      return Position.of(0, number + 1);
    }

    Sequence sequence() {
      return new Sequence(GROUP, SENDERS.get(sender), address());
    }

    Address address() {
      return RECEIVERS.get(receiver);
    }

    boolean isInSequenceOf(Message other) {
      return sender == other.sender && receiver == other.receiver;
    }

    @Override
    public String toString() {
      return "m" + (number + 1);
    }
  }

  static Message message(int number, int sender, int receiver) {
    return new Message(number, sender, receiver);
  }

  /** The messages of a sender, a bit each. */
  int messagesOf(int sender) {
    int all = 0;
    for (Message message : messages) {
      all |= message.sender() == sender ? 1 << message.number() : 0;
    }
    return all;
  }

  int receivers() {
    int greatest = 0;
    for (Message message : messages) {
      greatest = Math.max(greatest, message.receiver());
    }
    return greatest + 1;
  }

  @Override
  public String toString() {
    return name;
  }
}

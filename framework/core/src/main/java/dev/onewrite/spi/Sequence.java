package dev.onewrite.spi;

import dev.onewrite.component.Address;

/** What one entity sends to another one of a group: the messages that keep their order. */
public record Sequence(String group, Address sender, Address receiver) {

  @Override
  public String toString() {
    return sender + " -> " + receiver;
  }
}

package dev.onewrite.testkit;

import dev.onewrite.component.Address;
import dev.onewrite.spi.Delivery;

/** A message of one entity that is on its way to another, or was. */
public final class Parcel {

  private final Delivery delivery;
  private final Object message;
  private int attempts;

  Parcel(Delivery delivery, Object message) {
    this.delivery = delivery;
    this.message = message;
  }

  public Address from() {
    return delivery.cause().sender();
  }

  public Address to() {
    return delivery.receiver();
  }

  /** What was sent or emitted. */
  public Object message() {
    return message;
  }

  Delivery delivery() {
    return delivery;
  }

  int attempt() {
    return ++attempts;
  }

  @Override
  public String toString() {
    return message + " from " + from() + " to " + to();
  }
}

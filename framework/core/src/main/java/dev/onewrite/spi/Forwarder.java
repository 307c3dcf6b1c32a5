package dev.onewrite.spi;

/** The running outbox: delivers what the journal says is to be delivered. */
public interface Forwarder extends AutoCloseable {

  /** Stops delivering; what is under way is answered or will be delivered again. */
  @Override
  void close();
}

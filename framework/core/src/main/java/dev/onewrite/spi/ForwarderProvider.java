package dev.onewrite.spi;

/** Starts the forwarder of a node. Found by {@link java.util.ServiceLoader}. */
public interface ForwarderProvider {

  Forwarder start(ForwarderSetup setup);
}

package dev.onewrite.gateway;

import dev.onewrite.component.Address;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * What somebody asks to do.
 *
 * @param type the logical name of the message or question; empty of a state
 * @param request with its headers; its body may have been read already
 */
public record Access(Kind kind, Address address, Optional<String> type, HttpRequest request) {

  /** The three things that can be done. */
  public enum Kind {
    /** A message, which may change the entity. */
    SEND,
    /** A read-only question. */
    ASK,
    /** The committed state, once or as a stream. */
    WATCH
  }
}

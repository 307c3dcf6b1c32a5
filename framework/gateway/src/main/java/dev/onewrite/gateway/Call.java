package dev.onewrite.gateway;

import dev.onewrite.component.Address;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody wants to do, for an {@link Authorizer} to decide on.
 *
 * @param type the logical name of the message or question; for {@link Kind#OBSERVE} empty
 * @param headers all headers of the request, by their names in small letters
 * @param client the network address it comes from
 */
public record Call(
    Kind kind, Address entity, String type, Map<String, List<String>> headers, String client) {

  /** The three things that can be done with an entity. */
  public enum Kind {
    /** A message, which may change it. */
    SEND,
    /** A read-only question. */
    ASK,
    /** Its state: now, or as it changes. */
    OBSERVE
  }

  /** The first header of this name, in whatever letters. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
  }

  /** Without the headers, which may hold secrets. */
  @Override
  public String toString() {
    return kind + " " + entity + (type.isEmpty() ? "" : " " + type) + " from " + client;
  }
}

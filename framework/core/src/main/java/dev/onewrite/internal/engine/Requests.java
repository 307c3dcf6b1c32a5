package dev.onewrite.internal.engine;

import dev.onewrite.journal.Payload;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The last requests this entity handled and what each was replied. */
public final class Requests {

  private final int retained;
  private final Map<String, Optional<Payload>> replies = new LinkedHashMap<>();

  Requests(int retained) {
    this.retained = retained;
  }

  public boolean handled(String requestId) {
    return replies.containsKey(requestId);
  }

  /** The recorded reply; absent if the request's turn gave none. */
  public Optional<Payload> reply(String requestId) {
    return replies.getOrDefault(requestId, Optional.empty());
  }

  void apply(String requestId, @Nullable Payload reply) {
    replies.put(requestId, Optional.ofNullable(reply));
    if (replies.size() > retained) {
      replies.remove(replies.keySet().iterator().next());
    }
  }

  int size() {
    return replies.size();
  }

  void forEach(BiConsumer<String, Optional<Payload>> reader) {
    replies.forEach(reader);
  }
}

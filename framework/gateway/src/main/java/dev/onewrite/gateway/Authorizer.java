package dev.onewrite.gateway;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Who may do what. Asked for each call on an entity, before the call reaches it.
 *
 * <p><b>Failure.</b> One that throws, or whose stage fails or gives null, has allowed nothing: 503,
 * OW711. So has one that takes longer than {@code onewrite.gateway.request-timeout}: 503, OW710.
 */
@FunctionalInterface
public interface Authorizer {

  /** Everybody may do everything that is exposed. */
  Authorizer ANYBODY = call -> CompletableFuture.completedFuture(Decision.allow());

  /** Decides. It must not block; many calls ask at a time. */
  CompletionStage<Decision> decide(Call call);

  /** One that decides at once. */
  static Authorizer of(Function<Call, Decision> decide) {
    return call -> CompletableFuture.completedFuture(decide.apply(call));
  }
}

package dev.onewrite.gateway;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets a call through where the authorizer said so, and not where it said nothing. */
final class Gatekeeper {

  private final Authorizer authorizer;

  Gatekeeper(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  /** What is done if {@code call} is allowed; else the stage fails with a {@link Refusal}. */
  <T> CompletionStage<T> admitted(Call call, Supplier<CompletionStage<T>> allowed) {
    return decided(call)
        .handle(
            (decision, failure) -> {
              if (decision == null) {
                throw Refusal.undecided(call, failure);
              }
              return decision;
            })
        .thenCompose(
            decision ->
                switch (decision.kind()) {
                  case ALLOWED -> allowed.get();
                  case UNKNOWN ->
                      throw Trouble.UNKNOWN_CALLER
                          .refusal("Say who you are.")
                          .with("WWW-Authenticate", decision.text());
                  case FORBIDDEN -> throw Trouble.FORBIDDEN.refusal(decision.text());
                });
  }

  private CompletionStage<@Nullable Decision> decided(Call call) {
    try {
      return authorizer.decide(call).thenApply(decision -> decision);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}

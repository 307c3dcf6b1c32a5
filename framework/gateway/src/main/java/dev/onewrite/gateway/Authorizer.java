package dev.onewrite.gateway;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Decides who may do what. It is asked for each request, and for each stream when it opens and each
 * time that it is opened again. It must not block.
 *
 * <p><b>Failure.</b> One that throws or fails denies: the client is told 500 and no more.
 */
@FunctionalInterface
public interface Authorizer {

  /** What it says. */
  enum Verdict {
    ALLOW,
    /** Nobody knows who asks: 401. */
    UNAUTHENTICATED,
    /** Known, and not allowed: 403. */
    FORBIDDEN
  }

  CompletionStage<Verdict> authorize(Access access);

  /** Allows everybody everything that is exposed: for demos, and behind a proxy that decides. */
  static Authorizer everybody() {
    return access -> CompletableFuture.completedFuture(Verdict.ALLOW);
  }
}

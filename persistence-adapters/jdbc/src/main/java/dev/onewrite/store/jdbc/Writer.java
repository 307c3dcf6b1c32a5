package dev.onewrite.store.jdbc;

import java.util.concurrent.CompletionStage;

/** Takes writes, or refuses all of them. */
interface Writer extends AutoCloseable {

  /** The stage is completed after the commit; never throws. */
  CompletionStage<Void> submit(Write write);

  /** Returns when the write is durable. */
  void submitAndWait(Write write);

  @Override
  void close();
}

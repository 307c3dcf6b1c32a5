package dev.onewrite.component;

import java.util.Set;

/** The state of an entity, to look at. */
public interface View<S, C> {

  /** The entity looked at. */
  Address self();

  /**
   * The one active state.
   *
   * @throws IllegalStateException if parallel regions are active: use {@link #configuration()}
   */
  S state();

  /** The active leaf states. */
  Set<S> configuration();

  /** Whether {@code state}, or a state within it, is active. */
  boolean in(S state);

  C context();
}

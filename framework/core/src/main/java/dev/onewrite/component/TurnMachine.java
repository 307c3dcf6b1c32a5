package dev.onewrite.component;

/** The machine of an open turn: its tentative state, and the way to move it. */
public interface TurnMachine<S, C, E> extends View<S, C> {

  /**
   * Sends {@code event} to the machine.
   *
   * @return whether a transition took it; an event the machine does not take changes nothing
   * @throws RefusedException OW109 if nothing took it and the component is strict: the turn fails
   */
  boolean send(E event);

  /** Whether the machine would take {@code event} now. */
  boolean can(E event);
}

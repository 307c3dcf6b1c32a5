package dev.onewrite.machine;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every refusal of a machine, with its code, in one place. docs/errors.md explains each. */
final class Errors {
  private Errors() {}

  static MachineException tooManyMicrosteps(String machine, Transition<?, ?> last, List<?> states) {
    return new MachineException(
        "OW002",
        machine,
        "one step ran more than "
            + Machine.MICROSTEPS_MAX
            + " microsteps; the last was "
            + last
            + ", active then: "
            + states
            + ". Nothing was changed. Look for 'always' or 'raise' that go in a circle"
            + " and let a guard or an assign end it.");
  }

  static MachineException otherMachine(String machine, Snapshot<?, ?> snapshot) {
    return new MachineException(
        "OW003",
        machine,
        "was given a snapshot, in "
            + snapshot.leaves()
            + ", that machine definition '"
            + snapshot.machine()
            + "' made. Nothing was changed. A snapshot belongs to the"
            + " Machine object that made it; to carry it to another, also a newer "
            + "definition of the same id, use"
            + " restore(snapshot.recorded(), snapshot.context()).");
  }

  static MachineException recordedElsewhere(String machine, Recorded recorded) {
    return new MachineException(
        "OW004",
        machine,
        "cannot restore what machine '"
            + recorded.machine()
            + "' recorded, in "
            + recorded.configuration()
            + ". Nothing was restored. Give it to the machine with that id, or keep"
            + " the id when a machine is renamed.");
  }

  static MachineException unknownRecordedState(
      String machine, int version, String state, String where) {
    return new MachineException(
        "OW005",
        machine,
        "version "
            + version
            + " recorded the state '"
            + state
            + "' ("
            + where
            + "), and this definition has no such state."
            + " Nothing was restored. Say what became of it: renamed(\""
            + state
            + "\", ...).");
  }

  static MachineException newerVersion(Recorded recorded, int current) {
    return new MachineException(
        "OW006",
        recorded.machine(),
        "was recorded, in "
            + recorded.configuration()
            + ", by version "
            + recorded.version()
            + ", and this definition is version "
            + current
            + ". Nothing was restored. Run the"
            + " newer release, or raise the definition's version.");
  }

  static MachineException wrongContext(
      Recorded recorded, int version, Class<?> expected, Object found) {
    return new MachineException(
        "OW007",
        recorded.machine(),
        "the context recorded in "
            + recorded.configuration()
            + " by version "
            + version
            + " is a "
            + found.getClass().getName()
            + " where a "
            + expected.getName()
            + " was expected. Nothing was restored. Declare migrate("
            + version
            + ", ...) for the type that version recorded.");
  }

  static MachineException finished(String machine, Object event, List<?> states) {
    return new MachineException(
        "OW008",
        machine,
        "is done, in "
            + states
            + ", and refused "
            + event.getClass().getSimpleName()
            + ". Nothing was changed. Ask"
            + " snapshot.isDone() first, or use transition(), which reports it as not taken.");
  }

  static MachineException nullContext(String machine, List<? extends Transition<?, ?>> taken) {
    return new MachineException(
        "OW009",
        machine,
        "an assign returned null"
            + (taken.isEmpty() ? " at the start" : " while taking " + taken)
            + ". Nothing was changed. Return a context; for an empty one, a value that says so.");
  }

  static MachineException unknownState(String machine, @Nullable Object state) {
    return new MachineException(
        "OW010",
        machine,
        "was asked about the state '"
            + state
            + "', which it does not have. Nothing was changed. Use an id that the definition"
            + " declares.");
  }

  static MachineException negativeDelay(String machine, String timer, Duration delay) {
    return new MachineException(
        "OW011",
        machine,
        "timer "
            + timer
            + " was to start with a delay of "
            + delay
            + ", and a delay must be zero or more. Nothing was changed."
            + " Compute zero for what is overdue.");
  }

  static MachineException notTaken(String machine, Object event, List<?> states) {
    return new MachineException(
        "OW012",
        machine,
        "in "
            + states
            + " takes no "
            + event.getClass().getSimpleName()
            + " now. Nothing was changed. Ask can() first, or use"
            + " transition(), which reports it as not taken.");
  }

  static MachineException wrongResult(String machine, String activity, @Nullable Object result) {
    return new MachineException(
        "OW013",
        machine,
        "activity "
            + activity
            + " returned "
            + (result == null ? "null" : "a " + result.getClass().getName())
            + ", and none of its onDone transitions is for that type. Nothing was changed. "
            + "Declare onDone for it.");
  }

  static MachineException notDefined(Chart<?, ?> chart, String what, String id, String name) {
    return new MachineException(
        "OW015",
        chart.id,
        "waits for "
            + what
            + " "
            + id
            + ", and this definition, version "
            + chart.version
            + ", has no '"
            + name
            + "' in that state. Nothing was changed, it is still waited for. Another definition of"
            + " the same version started it: run that one, define it again, or raise the"
            + " definition's version, which says that it is dropped.");
  }

  static MachineException impossible(String machine, String one, String other) {
    return new MachineException(
        "OW014",
        machine,
        "the recorded states '"
            + one
            + "' and '"
            + other
            + "' cannot be active together in this definition. Nothing was restored."
            + " Map one of them with renamed(...), to a state that goes with the other.");
  }
}

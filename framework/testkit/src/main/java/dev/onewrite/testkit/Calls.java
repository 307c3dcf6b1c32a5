package dev.onewrite.testkit;

import dev.onewrite.component.Activity;
import dev.onewrite.component.ActivityFailed;
import dev.onewrite.component.NamedActivity;
import dev.onewrite.journal.Outgoing;

/** Calls activities, in the test's thread. */
final class Calls {

  private Calls() {}

  /** The result; {@link ActivityFailed} if it throws. */
  static Object once(TestEntity<?, ?, ?> entity, Outgoing.Invoked invoked, int attempt) {
    for (NamedActivity<?, ?> activity : entity.definition().activities()) {
      if (activity.name().equals(invoked.name())) {
        Activity.Call call = new Activity.Call(entity.self(), invoked.id().toString(), attempt);
        return once(activity, call, entity.value(invoked.payload()));
      }
    }
    throw Misuse.of(entity.self() + " has no activity \"" + invoked.name() + "\"");
  }

  private static <I, R> Object once(
      NamedActivity<I, R> activity, Activity.Call call, Object input) {
    try {
      return activity.body().call(call, activity.input().cast(input));
    } catch (Exception e) { // whatever it throws is its failure
      return new ActivityFailed(
          activity.name(), e.getClass().getSimpleName(), String.valueOf(e.getMessage()));
    }
  }
}

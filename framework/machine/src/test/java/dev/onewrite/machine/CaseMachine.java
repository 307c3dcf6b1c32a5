package dev.onewrite.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Builds the machine of one case with the DSL.
 *
 * <p>A case is somebody else's document, so the mistakes that are only a matter of taste are
 * allowed. A {@code send} is a delayed raise; as several sends may share an id, each place that
 * sends has a name of its own, and {@code cancel} cancels all of an id's.
 */
final class CaseMachine {
  private final JsonNode root;
  private final Map<JsonNode, String> sendNames = new IdentityHashMap<>();
  private final Map<String, List<String>> namesById = new LinkedHashMap<>();
  private final List<String> completable = new ArrayList<>();

  /** How many expressions were evaluated: recovery must not add to it. */
  final AtomicInteger evaluated = new AtomicInteger();

  final Machine<String, CaseContext, CaseEvent> machine;

  CaseMachine(JsonNode document) {
    this.root = document.get("root");
    scan(root);
    Map<String, Object> values = new LinkedHashMap<>();
    document
        .path("vars")
        .properties()
        .forEach(v -> values.put(v.getKey(), CaseExpression.literal(v.getValue())));
    CaseContext context = new CaseContext(values);
    String id = document.get("name").asText();
    this.machine = Machine.define(id, String.class, CaseEvent.class, () -> context, this::fill);
  }

  private void scan(JsonNode node) {
    if (node.path("do").asText().equals("send") && node.has("id")) {
      String id = node.get("id").asText();
      List<String> names = namesById.computeIfAbsent(id, key -> new ArrayList<>());
      names.add(id + "@" + names.size());
      sendNames.put(node, names.get(names.size() - 1));
    }
    if (node.path("type").asText().equals("compound")
        || node.path("type").asText().equals("parallel")) {
      completable.add(node.path("id").asText());
    }
    node.forEach(this::scan);
  }

  private void fill(MachineBuilder<String, CaseContext, CaseEvent> m) {
    m.allow(
        Mistake.Kind.UNREACHABLE_STATE,
        Mistake.Kind.UNREACHABLE_TRANSITION,
        Mistake.Kind.USELESS_TRANSITION,
        Mistake.Kind.UNHANDLED_EVENT);
    if (root.path("type").asText().equals("parallel")) {
      m.parallel();
    }
    scope(m, root);
  }

  private <B extends Scope<String, CaseContext, CaseEvent, B>> void scope(B scope, JsonNode state) {
    if (state.path("type").asText().equals("compound")) {
      scope.initial(texts(state.path("initial")));
    }
    scope.onInitial(a -> actions(a, state.path("initialActions"), null));
    scope.onEntry(a -> actions(a, state.path("onentry"), null));
    scope.onExit(a -> actions(a, state.path("onexit"), null));
    for (JsonNode transition : state.path("transitions")) {
      transition(scope, state, transition);
    }
    for (JsonNode child : state.path("states")) {
      child(scope, child);
    }
  }

  private <B extends Scope<String, CaseContext, CaseEvent, B>> void child(B scope, JsonNode state) {
    String id = state.get("id").asText();
    switch (state.get("type").asText()) {
      case "parallel" -> scope.parallel(id, s -> scope(s, state));
      case "final" -> scope.finalState(id, s -> scope(s, state));
      case "history" -> scope.history(id, h -> history(h, state));
      default -> scope.state(id, s -> scope(s, state));
    }
  }

  private void history(HistoryBuilder<String, CaseContext, CaseEvent> history, JsonNode state) {
    if (state.path("history").asText().equals("deep")) {
      history.deep();
    }
    history.initial(texts(state.path("initial")));
    history.onInitial(a -> actions(a, state.path("initialActions"), null));
  }

  private <B extends Scope<String, CaseContext, CaseEvent, B>> void transition(
      B scope, JsonNode source, JsonNode transition) {
    JsonNode events = transition.path("events");
    if (events.isNull() || events.isMissingNode()) {
      scope.always(t -> body(t, source, transition, null));
      return;
    }
    List<String> descriptors = List.of(texts(events));
    if (descriptors.contains("*")) {
      scope.onAny(t -> body(t, source, transition, null));
    } else {
      scope.on(
          CaseEvent.class,
          t -> {
            t.when(
                String.join(" ", descriptors),
                (context, event) ->
                    descriptors.stream().anyMatch(d -> CaseEvent.matches(d, event.name())));
            body(t, source, transition, null);
          });
    }
    for (String state : completable) {
      String name = "done.state." + state;
      if (descriptors.stream().anyMatch(d -> CaseEvent.matches(d, name))
          && !state.equals("(root)")) {
        scope.onDone(state, t -> body(t, source, transition, name));
      }
    }
  }

  private <X> void body(
      TransitionBuilder<String, CaseContext, CaseEvent, X> t,
      JsonNode source,
      JsonNode transition,
      String eventName) {
    String[] targets = texts(transition.path("target"));
    t.target(targets);
    if (targets.length > 0 && !isInternal(source, transition, targets)) {
      t.reenter();
    }
    if (transition.has("cond")) {
      JsonNode condition = transition.get("cond");
      t.when(
          "cond",
          (context, event, moment) ->
              expression(context, moment, name(event, eventName)).test(condition));
    }
    actions(t, transition.path("actions"), eventName);
  }

  private static boolean isInternal(JsonNode source, JsonNode transition, String[] targets) {
    if (!transition.path("internal").asBoolean()
        || !source.path("type").asText().equals("compound")) {
      return false;
    }
    for (String target : targets) {
      if (!holds(source, target)) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(JsonNode state, String id) {
    for (JsonNode child : state.path("states")) {
      if (child.get("id").asText().equals(id) || holds(child, id)) {
        return true;
      }
    }
    return false;
  }

  private <X, B extends ActionList<String, CaseContext, CaseEvent, X, B>> void actions(
      B list, JsonNode actions, String eventName) {
    for (JsonNode action : actions) {
      switch (action.get("do").asText()) {
        case "assign" ->
            list.assign(
                (context, event, moment) ->
                    context.with(
                        action.get("var").asText(),
                        expression(context, moment, name(event, eventName))
                            .value(action.get("expr"))));
        case "raise" ->
            list.raise(
                (context, event, moment) ->
                    raised(action, expression(context, moment, name(event, eventName))));
        case "send" -> send(list, action, eventName);
        case "cancel" ->
            namesById.getOrDefault(action.get("id").asText(), List.of()).forEach(list::cancel);
        case "if" -> list.choose(c -> branches(c, action.get("branches"), eventName));
        default -> throw new IllegalArgumentException(action + " is not in the format");
      }
    }
  }

  private <X, B extends ActionList<String, CaseContext, CaseEvent, X, B>> void send(
      B list, JsonNode action, String eventName) {
    Duration delay = Duration.ofMillis(action.path("delayMs").asLong());
    String sendName = sendNames.get(action);
    if (sendName == null) {
      list.raise(
          (context, event, moment) ->
              raised(action, expression(context, moment, name(event, eventName))),
          (context, event, moment) -> delay);
    } else {
      list.raise(
          (context, event, moment) ->
              raised(action, expression(context, moment, name(event, eventName))),
          (context, event, moment) -> delay,
          sendName);
    }
  }

  private <X> void branches(
      Choice<String, CaseContext, CaseEvent, X> choice, JsonNode branches, String eventName) {
    for (JsonNode branch : branches) {
      JsonNode condition = branch.path("cond");
      if (condition.isNull() || condition.isMissingNode()) {
        choice.otherwise(a -> actions(a, branch.path("actions"), eventName));
      } else {
        choice.when(
            (context, event, moment) ->
                expression(context, moment, name(event, eventName)).test(condition),
            a -> actions(a, branch.path("actions"), eventName));
      }
    }
  }

  private static CaseEvent raised(JsonNode action, CaseExpression expression) {
    return new CaseEvent(
        action.has("event")
            ? action.get("event").asText()
            : String.valueOf(expression.value(action.get("eventExpr"))));
  }

  private static String name(Object event, String otherwise) {
    return event instanceof CaseEvent named ? named.name() : otherwise;
  }

  private CaseExpression expression(CaseContext context, Moment<String> moment, String event) {
    evaluated.incrementAndGet();
    return new CaseExpression(context, moment::in, event);
  }

  private static String[] texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts.toArray(String[]::new);
  }
}

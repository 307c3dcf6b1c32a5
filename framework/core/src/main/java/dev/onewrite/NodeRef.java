package dev.onewrite;

import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.internal.pekko.Node;
import dev.onewrite.journal.Payload;
import dev.onewrite.machine.Machine;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A {@link Ref} to an entity through one node. */
final class NodeRef<M> implements Ref<M> {

  private final Node node;
  private final Address address;
  private final Machine<?, ?, ?> machine;

  NodeRef(Node node, Component<M> component, String entityId) {
    this.address = new Address(component.name(), entityId);
    node.checkKnown(address);
    this.node = node;
    this.machine = component.definition().machine();
  }

  @Override
  public Address address() {
    return address;
  }

  @Override
  public CompletionStage<Void> tell(M message) {
    return node.tell(address, message, node.newRequestId());
  }

  @Override
  public CompletionStage<Void> tell(M message, String requestId) {
    return node.tell(address, message, requestId);
  }

  @Override
  public <R> CompletionStage<R> ask(M message, Class<R> reply) {
    return node.ask(address, message, reply, node.newRequestId());
  }

  @Override
  public <R> CompletionStage<R> ask(M message, Class<R> reply, String requestId) {
    return node.ask(address, message, reply, requestId);
  }

  @Override
  public CompletionStage<Optional<Payload>> request(M message, String requestId) {
    return node.ask(address, message, requestId);
  }

  @Override
  public <C> Observation observe(Class<C> context, Consumer<Committed<C>> observer) {
    Runnable end =
        node.observe(
            address,
            seen ->
                observer.accept(
                    new Committed<>(
                        address,
                        seen.turn(),
                        seen.states(),
                        machine.tags(seen.states()),
                        context.cast(seen.context()))));
    return end::run;
  }

  @Override
  public String toString() {
    return "Ref(" + address + ")";
  }
}

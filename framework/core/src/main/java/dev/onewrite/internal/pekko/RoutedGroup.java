package dev.onewrite.internal.pekko;

import dev.onewrite.component.Component;
import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.internal.engine.Routes;
import dev.onewrite.spi.Answer;
import dev.onewrite.spi.Delivery;
import dev.onewrite.spi.Group;
import dev.onewrite.spi.TailRow;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The group of one component: what was sent to its entities, and the events it subscribes to. */
final class RoutedGroup implements Group {

  private final String name;
  private final Routes routes;
  private final Entities entities;

  RoutedGroup(Component.Definition<?, ?, ?> definition, PayloadCodec payloads, Entities entities) {
    this.name = definition.name();
    this.routes = new Routes(definition, payloads);
    this.entities = entities;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean ordered() {
    return true;
  }

  @Override
  public CompletionStage<Answer> deliver(Delivery delivery) {
    return entities.deliver(delivery);
  }

  @Override
  public List<Delivery> deliveries(TailRow tailRow) {
    return routes.deliveries(tailRow);
  }
}

package dev.onewrite.internal.pekko;

import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/**
 * All entities of one component on all nodes: {@link EntityRegion}'s task, done by Cluster Sharding
 * with the same {@link EntityGate}. What arrives while an entity goes or moves waits in its shard.
 */
final class ShardedRegion {

  private ShardedRegion() {}

  static ActorRef<EntityRegion.Envelope> start(
      ActorSystem<?> system, Component.Definition<?, ?, ?> definition, Environment environment) {
    // Entities are woken by what they are to do: deliveries, timers, results, requests.
    ClusterShardingSettings settings =
        ClusterShardingSettings.create(system)
            .withNoPassivationStrategy()
            .withRememberEntities(false);
    Entity<Object, EntityRegion.Envelope> entity =
        Entity.of(
                key(definition.name()),
                context ->
                    EntityGate.create(
                        new Address(definition.name(), context.getEntityId()),
                        definition,
                        environment,
                        idle -> context.getShard().tell(new ClusterSharding.Passivate<>(idle))))
            .withStopMessage(EntityGate.Stop.HAND_OVER)
            .withSettings(settings)
            .withMessageExtractor(new ById(settings.numberOfShards()));
    return ClusterSharding.get(system).init(entity);
  }

  static EntityTypeKey<Object> key(String component) {
    return EntityTypeKey.create(Object.class, "onewrite-" + component);
  }

  private static final class ById extends ShardingMessageExtractor<EntityRegion.Envelope, Object> {

    private final int shards;

    ById(int shards) {
      this.shards = shards;
    }

    @Override
    public String entityId(EntityRegion.Envelope envelope) {
      return envelope.to().entityId();
    }

    @Override
    public String shardId(String entityId) {
      return Integer.toString(Math.floorMod(entityId.hashCode(), shards));
    }

    @Override
    public Object unwrapMessage(EntityRegion.Envelope envelope) {
      return envelope.message();
    }
  }
}

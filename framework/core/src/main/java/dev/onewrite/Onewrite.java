package dev.onewrite;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.onewrite.component.Address;
import dev.onewrite.component.Component;
import dev.onewrite.component.Incident;
import dev.onewrite.inspect.Check;
import dev.onewrite.internal.codec.PayloadCodec;
import dev.onewrite.internal.pekko.Attachment;
import dev.onewrite.internal.pekko.Node;
import dev.onewrite.journal.Batch;
import dev.onewrite.journal.Payload;
import dev.onewrite.spi.Faults;
import dev.onewrite.spi.StoreProvider;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.jspecify.annotations.Nullable;

/**
 * A running node: components, their store, the outbox.
 *
 * <p>One node runs in one process, needs no cluster and opens no port.
 */
public final class Onewrite implements AutoCloseable {

  private final Node node;
  private final Config config;

  private Onewrite(Node node, Config config) {
    this.node = node;
    this.config = config;
  }

  public static Builder builder() {
    return new Builder();
  }

  /**
   * The way to one entity of {@code component}.
   *
   * @throws dev.onewrite.component.RefusedException OW101 for an id that cannot be stored, OW114 if
   *     the component is not one of this node's
   */
  public <M> Ref<M> ref(Component<M> component, String entityId) {
    return new NodeRef<>(node, component, entityId);
  }

  /** Where the journal is and what a commit is worth, as printed at the start. */
  public String store() {
    return node.storeDescription();
  }

  /** What waits outside the stream of deliveries, and what can be done about it. */
  public Outbox outbox() {
    return new Outbox(node.setAside(), Clock.systemUTC());
  }

  /**
   * All batches of one entity, oldest first, as its journal has them: for tools and people. It
   * reads the store and may block; the entity is not involved.
   *
   * @throws dev.onewrite.component.BrokenException if a row is damaged or of a newer format
   */
  public List<Batch> history(Address entity) {
    return node.history(entity);
  }

  /** A stored value by the names of its components, whether or not its type is registered here. */
  public static Map<String, Object> components(Payload payload) {
    return PayloadCodec.components(payload);
  }

  /**
   * The value as it would be journaled: an observed context, say, to be handed on.
   *
   * @throws dev.onewrite.component.RefusedException OW108 if it cannot be encoded, OW102 if it is
   *     too large
   */
  public Payload encode(Object value) {
    return node.encode(value);
  }

  /** The actor system that this node runs on, for what works beside it. */
  public ActorSystem<?> system() {
    return node.system();
  }

  /** The configuration that this node was started with, all of it. */
  public Config config() {
    return config;
  }

  /**
   * Ends the node: no new work is taken, what is being written is written. Turns that are open are
   * abandoned; their callers are told so or time out.
   */
  @Override
  public void close() {
    node.close();
  }

  /** A node being configured. */
  public static final class Builder {

    private final List<Component<?>> components = new ArrayList<>();
    private final List<Consumer<Incident>> hooks = new ArrayList<>();
    private final List<StoreProvider> stores = new ArrayList<>();
    private final Map<String, Object> overrides = new LinkedHashMap<>();
    private Config more = ConfigFactory.empty();
    private Faults faults = Faults.NONE;
    private Clock clock = Clock.systemUTC();
    private @Nullable ActorSystem<?> host;

    private Builder() {}

    public Builder component(Component<?> component) {
      components.add(component);
      return this;
    }

    /** More configuration, above {@code application.conf} and reference.conf. */
    public Builder config(Config more) {
      this.more = more;
      return this;
    }

    /** Sets {@code onewrite.directory}. */
    public Builder directory(Path directory) {
      return set("onewrite.directory", directory.toString());
    }

    /** Sets {@code onewrite.durability}. */
    public Builder durability(String name) {
      return set("onewrite.durability", name);
    }

    /** Sets one key of the configuration, above all files. */
    public Builder set(String key, Object value) {
      overrides.put(key, value);
      return this;
    }

    /** Adds a store of one's own, chosen by its name in {@code onewrite.durability}. */
    public Builder store(StoreProvider provider) {
      stores.add(provider);
      return this;
    }

    /** Adds a hook that hears of each {@link Incident}. It must return at once. */
    public Builder onError(Consumer<Incident> hook) {
      hooks.add(hook);
      return this;
    }

    /**
     * Runs on an actor system that is there already, with its configuration. It is left running
     * when the node is closed. If it is one of a cluster, so is this node, and the keys under
     * {@code onewrite.cluster} that make a system have no effect.
     *
     * <p><b>Limit.</b> One node a system.
     */
    public Builder on(ActorSystem<?> system) {
      this.host = system;
      return this;
    }

    /** As {@link #on(ActorSystem)}, for a classic system. */
    public Builder on(org.apache.pekko.actor.ActorSystem system) {
      return on(Adapter.toTyped(system));
    }

    /** For tests that make the process die at a {@link dev.onewrite.spi.FaultPoint}. */
    public Builder faults(Faults tested) {
      this.faults = tested;
      return this;
    }

    /** For tests that move the time by which turns are dated and timers come due. */
    public Builder clock(Clock tested) {
      this.clock = tested;
      return this;
    }

    /**
     * Opens the configured store for looking, beside a node that may be running on it. With the
     * components given, {@link Inspection#verify} also checks what they subscribe to.
     *
     * @throws dev.onewrite.component.RefusedException OW602 if the store cannot be opened so
     */
    public Inspection inspect() {
      return new Inspection(Attachment.of(effective(), components, stores));
    }

    /** Checks what {@link #start} would check before it starts anything, and changes nothing. */
    public List<Check> check() {
      return Attachment.checks(effective(), stores);
    }

    /**
     * Starts the node.
     *
     * @throws dev.onewrite.component.RefusedException if it must not run as it is configured: a
     *     value out of range (OW501), no such store (OW502), a store that cannot be used (OW3..)
     */
    public Onewrite start() {
      Config config = effective();
      return new Onewrite(
          Node.start(config, components, stores, hooks, new Node.Tested(faults, clock), host),
          config);
    }

    /**
     * {@code application.conf}, then what we change of Pekko, then all reference.conf. Not resolved
     * yet: what refers to a key gets the value that wins.
     */
    private static Config loaded() {
      return ConfigFactory.defaultOverrides()
          .withFallback(ConfigFactory.defaultApplication())
          .withFallback(
              ConfigFactory.parseResources(Onewrite.class.getClassLoader(), "onewrite-pekko.conf"))
          .withFallback(ConfigFactory.defaultReferenceUnresolved());
    }

    private Config effective() {
      Config base = host == null ? loaded() : host.settings().config();
      return ConfigFactory.parseMap(overrides).withFallback(more).withFallback(base).resolve();
    }
  }
}

package dev.onewrite.testkit;

import com.typesafe.config.ConfigFactory;
import dev.onewrite.Committed;
import dev.onewrite.Observation;
import dev.onewrite.Onewrite;
import dev.onewrite.Ref;
import dev.onewrite.component.Component;
import dev.onewrite.component.Incident;
import dev.onewrite.testkit.postgres.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.opentest4j.AssertionFailedError;

/** The node of a test that {@link OnewriteTest} runs. */
public final class TestNode {

  /** Far above what any state needs to come about; a test that waits as long has failed. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<Component<?>> components;
  private final OnewriteTest test;
  private final Path directory;
  private final String url;
  private final List<Incident> incidents = new CopyOnWriteArrayList<>();
  private Onewrite onewrite;

  TestNode(List<Component<?>> components, OnewriteTest test) {
    this.components = components;
    this.test = test;
    this.url = test.store() == TestStore.POSTGRES ? TestPostgres.shared().database() : "";
    try {
      this.directory = Files.createTempDirectory("onewrite-test-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.onewrite = started();
  }

  private Onewrite started() {
    Onewrite.Builder builder =
        Onewrite.builder()
            .config(ConfigFactory.parseString(String.join("\n", test.settings())))
            .directory(directory)
            .onError(incidents::add);
    switch (test.store()) {
      case MEMORY -> builder.durability("memory");
      case SQLITE -> builder.durability("sqlite");
      case POSTGRES -> builder.durability("postgres").set("onewrite.postgres.url", url);
    }
    components.forEach(builder::component);
    return builder.start();
  }

  /** The node as it runs now. */
  public Onewrite onewrite() {
    return onewrite;
  }

  /** The way to an entity of this node. */
  public <M> Ref<M> ref(Component<M> component, String entityId) {
    return onewrite.ref(component, entityId);
  }

  /** Closes the node and starts another on the same store. What was got of the former is void. */
  public void restart() {
    onewrite.close();
    onewrite = started();
  }

  /**
   * Waits until the entity has committed a state like this, and gives it.
   *
   * @param context what the component's context is
   */
  public <M, C> Committed<C> await(
      Component<M> component, String entityId, Class<C> context, Predicate<Committed<C>> wanted) {
    CompletableFuture<Committed<C>> found = new CompletableFuture<>();
    AtomicReference<Object> last = new AtomicReference<>("nothing");
    Observation observation =
        ref(component, entityId)
            .observe(
                context,
                committed -> {
                  last.set(committed);
                  if (wanted.test(committed)) {
                    found.complete(committed);
                  }
                });
    try {
      return found.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionFailedError(
          "not within "
              + Story.spoken(PATIENCE)
              + "; the last state shown was "
              + last.get()
              + ", incidents: "
              + incidents,
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionFailedError("interrupted", e);
    } catch (ExecutionException e) {
      throw new AssertionFailedError("the predicate failed", e.getCause());
    } finally {
      observation.close();
    }
  }

  /** What went wrong and was tried again, or set aside. */
  public List<Incident> incidents() {
    return List.copyOf(incidents);
  }

  List<Component<?>> components() {
    return components;
  }

  void close() {
    onewrite.close();
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

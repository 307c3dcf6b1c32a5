package dev.onewrite.demo;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.onewrite.Onewrite;
import dev.onewrite.component.Component;
import java.io.IOException;
import java.net.URI;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.management.javadsl.PekkoManagement;

/**
 * The form application as it is deployed: a member of a cluster, with HTTP in front and probes at
 * the side. The components are those of the story, unchanged.
 */
public final class FormService {

  private FormService() {}

  /** Starts it; SIGTERM ends it in good order. */
  public static void main(String[] arguments) throws IOException {
    Config config = ConfigFactory.load("service");
    ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "onewrite", config);
    PekkoManagement.get(system).start();
    Component<FormMessage> forms =
        Forms.saving(
            new HttpRegistry(URI.create(config.getString("service.registry"))),
            config.getString("pekko.remote.artery.canonical.hostname"));
    Onewrite onewrite =
        Onewrite.builder().on(system).component(forms).component(Audit.COMPONENT).start();
    FormRoutes routes = FormRoutes.start(onewrite, forms, config.getInt("service.port"));
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseServiceUnbind(),
            "form-routes",
            () -> routes.unbind(config.getDuration("service.drain")));
  }
}

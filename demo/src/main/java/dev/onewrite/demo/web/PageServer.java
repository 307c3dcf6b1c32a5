package dev.onewrite.demo.web;

import dev.onewrite.Onewrite;
import dev.onewrite.component.RefusedException;
import dev.onewrite.demo.HttpRegistry;
import dev.onewrite.gateway.Authorizer;
import dev.onewrite.gateway.Gateway;
import java.net.URI;
import java.nio.file.Path;

/** The server behind the page: two components, a gateway, a few routes. It may be killed. */
final class PageServer {

  /** It cannot start, and would not the next time either. */
  static final int REFUSED = 2;

  /** What it prints, with the port, once it listens. */
  static final String READY = "ready on ";

  private PageServer() {}

  /**
   * Runs it.
   *
   * @param arguments the journal's directory, the registry's URI, the port
   */
  public static void main(String[] arguments) throws InterruptedException {
    var form = SavedForms.component(new HttpRegistry(URI.create(arguments[1])));
    int port = Integer.parseInt(arguments[2]);
    try (Onewrite onewrite =
            Onewrite.builder()
                .durability("sqlite")
                .directory(Path.of(arguments[0]))
                .component(form)
                .component(AuditLog.COMPONENT)
                .start();
        Gateway gateway =
            Gateway.of(onewrite)
                .expose(form, AuditLog.COMPONENT)
                .authorizer(Authorizer.ANYBODY) // it listens on loopback only
                .routes(new PageRoutes(onewrite).route())
                .bind("127.0.0.1", port)) {
      System.out.println(READY + gateway.address().getPort());
      Thread.currentThread().join();
    } catch (RefusedException e) {
      System.err.println(e.getMessage());
      System.exit(REFUSED);
    }
  }
}

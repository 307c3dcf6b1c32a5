package dev.onewrite.demo.web;

import dev.onewrite.demo.ChildJvm;
import dev.onewrite.demo.Demo;
import dev.onewrite.demo.RegistryServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code demo/run web}: the page, its server, and a supervisor that starts the server again. */
@CommandLine.Command(
    name = "web",
    mixinStandardHelpOptions = true,
    description =
        "Serves the form as a page. Its button kills the server's process; this one starts it again."
            + " The journal stays from run to run. Ctrl-C ends it.")
public final class WebCommand implements Callable<Integer> {

  /** Slow enough that saving can be seen, and failing now and then as real ones do. */
  private static final RegistryServer.Temper TEMPER = new RegistryServer.Temper(900, 1_500, 10);

  @CommandLine.Option(
      names = "--port",
      defaultValue = "8080",
      description = "On 127.0.0.1. Default: ${DEFAULT-VALUE}.")
  private int port;

  @CommandLine.ParentCommand private Demo demo = new Demo();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = demo.directory().resolve("web");
    Files.createDirectories(directory);
    try (RegistryServer registry = RegistryServer.start(TEMPER, System.nanoTime())) {
      for (int starts = 1; ; starts++) {
        Process server = start(registry, directory);
        Thread atExit = new Thread(server::destroyForcibly, "server-end");
        Runtime.getRuntime().addShutdownHook(atExit);
        if (server.inputReader().lines().anyMatch(line -> line.startsWith(PageServer.READY))) {
          System.out.printf(
              "http://127.0.0.1:%d/   (server process %d, journal in %s)%n",
              port, server.pid(), directory);
        }
        int exit = server.waitFor();
        Runtime.getRuntime().removeShutdownHook(atExit);
        if (exit == PageServer.REFUSED) {
          return exit;
        }
        System.out.printf("server %d is gone (exit code %d); starting it again%n", starts, exit);
      }
    }
  }

  private Process start(RegistryServer registry, Path directory) throws IOException {
    return new ProcessBuilder(
            ChildJvm.line(
                PageServer.class,
                List.of(directory.toString(), registry.uri().toString(), String.valueOf(port))))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}

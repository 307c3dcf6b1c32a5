package dev.onewrite.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import dev.onewrite.Inspection;
import dev.onewrite.Onewrite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;

/** Which store. */
final class StoreOptions {

  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec command;

  @CommandLine.Option(
      names = {"-d", "--directory"},
      paramLabel = "DIR",
      description = "The directory of an embedded store: onewrite.directory of its node.")
  private Optional<Path> directory = Optional.empty();

  @CommandLine.Option(
      names = "--url",
      paramLabel = "JDBC",
      description = "A store on PostgreSQL: jdbc:postgresql://HOST:5432/DATABASE.")
  private Optional<String> url = Optional.empty();

  @CommandLine.Option(
      names = "--user",
      defaultValue = "${env:ONEWRITE_USER}",
      description = "Who connects to PostgreSQL; else ONEWRITE_USER of the environment.")
  private Optional<String> user = Optional.empty();

  @CommandLine.Option(
      names = "--password",
      arity = "0..1",
      interactive = true,
      description =
          "Asks for the password; without it, ONEWRITE_PASSWORD of the environment is taken.")
  private Optional<String> password = Optional.empty();

  @CommandLine.Option(
      names = "--schema",
      description = "The schema of PostgreSQL with Onewrite's tables; onewrite, if not given.")
  private Optional<String> schema = Optional.empty();

  @CommandLine.Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The node's configuration file; what other options say comes before it.")
  private Optional<Path> config = Optional.empty();

  Inspection open() {
    return builder().inspect();
  }

  Onewrite.Builder builder() {
    if (directory.isEmpty() && url.isEmpty() && config.isEmpty()) {
      throw usage("Say which store: --directory DIR, --url JDBC or --config FILE.");
    }
    if (directory.isPresent() && url.isPresent()) {
      throw usage("--directory is for an embedded store, --url for PostgreSQL; give one of them.");
    }
    Onewrite.Builder builder = Onewrite.builder();
    config.ifPresent(
        file -> {
          if (!Files.isReadable(file)) {
            throw usage("There is no file " + file + " that can be read.");
          }
          builder.config(parsed(file));
        });
    directory.ifPresent(path -> builder.durability("sqlite").directory(path));
    url.ifPresent(jdbc -> builder.durability("postgres").set("onewrite.postgres.url", jdbc));
    user.ifPresent(name -> builder.set("onewrite.postgres.user", name));
    password
        .or(() -> Optional.ofNullable(System.getenv("ONEWRITE_PASSWORD")))
        .ifPresent(secret -> builder.set("onewrite.postgres.password", secret));
    schema.ifPresent(name -> builder.set("onewrite.postgres.schema", name));
    return builder;
  }

  private Config parsed(Path file) {
    try {
      return ConfigFactory.parseFile(
          file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
    } catch (ConfigException e) {
      throw usage("What --config names is not a configuration: " + e.getMessage());
    }
  }

  private CommandLine.ParameterException usage(String text) {
    return new CommandLine.ParameterException(
        command == null ? Command.line() : command.commandLine(), text);
  }
}

package dev.onewrite.cli;

import dev.onewrite.component.Address;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Which entity a command is about. */
final class OneEntity {

  @CommandLine.Parameters(
      paramLabel = "ENTITY",
      converter = EntityArgument.class,
      description = "component|entityId, for example 'form|form-42'.")
  private @Nullable Address address;

  /** Picocli does not run the command without it. */
  Address address() {
    return Objects.requireNonNull(address);
  }
}

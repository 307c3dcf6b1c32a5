package dev.onewrite.cli;

import dev.onewrite.component.Address;
import dev.onewrite.component.RefusedException;
import picocli.CommandLine;

/** An entity, as {@code component|entityId}. */
final class EntityArgument implements CommandLine.ITypeConverter<Address> {

  @Override
  public Address convert(String value) {
    try {
      return Address.ofPersistenceId(value);
    } catch (RefusedException e) {
      throw new CommandLine.TypeConversionException(e.getMessage());
    }
  }
}

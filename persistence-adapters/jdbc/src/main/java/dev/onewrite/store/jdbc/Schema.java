package dev.onewrite.store.jdbc;

import dev.onewrite.component.RefusedException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** A database's tables and what this release needs of them, by versioned migrations. */
public final class Schema {

  private static final Set<MigrationState> LATER =
      EnumSet.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

  private final Flyway flyway;
  private final String where;

  private Schema(Flyway flyway, String where) {
    this.flyway = flyway;
    this.where = where;
  }

  /**
   * The migrations in the folder {@code migration} beside {@code adapter}.
   *
   * @param name the schema of a database that has several
   * @param where names the database in errors
   */
  public static Schema of(
      DataSource database, Class<?> adapter, Optional<String> name, String where) {
    FluentConfiguration configuration =
        Flyway.configure(adapter.getClassLoader())
            .dataSource(database)
            .locations("classpath:" + adapter.getPackageName().replace('.', '/') + "/migration")
            .table("onewrite_schema")
            .cleanDisabled(true);
    name.ifPresent(schema -> configuration.schemas(schema).defaultSchema(schema));
    try {
      return new Schema(configuration.load(), where);
    } catch (FlywayException e) {
      throw failed(where, e);
    }
  }

  /**
   * Applies the migrations that were not applied yet, each in a transaction.
   *
   * <p><b>Guarantee.</b> A database that a later release has migrated is left untouched.
   *
   * @throws RefusedException OW314 if the tables are a later release's, OW316 if a migration fails
   *     or an applied one is not what it was
   */
  public void apply() {
    try {
      refuseLater();
      flyway.migrate();
    } catch (FlywayException e) {
      throw failed(where, e);
    }
  }

  /**
   * Looks and changes nothing.
   *
   * @return the versions that are still to be applied
   * @throws RefusedException OW314 if the tables are a later release's, OW316 if they cannot be
   *     looked at
   */
  public List<String> pending() {
    try {
      refuseLater();
      return Arrays.stream(flyway.info().pending()).map(Schema::version).toList();
    } catch (FlywayException e) {
      throw failed(where, e);
    }
  }

  private void refuseLater() {
    String later =
        Arrays.stream(flyway.info().applied())
            .filter(migration -> LATER.contains(migration.getState()))
            .map(Schema::version)
            .reduce("", (first, second) -> second);
    if (!later.isEmpty()) {
      throw new RefusedException(
          "OW314",
          "The tables of "
              + where
              + " have version "
              + later
              + ", which this release does not know: a later release was here. Start that release"
              + " or a later one; this one would not understand what it reads.");
    }
  }

  private static RefusedException failed(String where, FlywayException e) {
    return new RefusedException(
        "OW316",
        "The tables of "
            + where
            + " could not be brought to this release: "
            + e.getMessage()
            + ". Nothing was journaled. If the text names a checksum, the tables were made by an"
            + " altered release: start that one, or restore a backup.",
        e);
  }

  private static String version(MigrationInfo migration) {
    return migration.getVersion() == null
        ? migration.getDescription()
        : migration.getVersion().toString();
  }
}

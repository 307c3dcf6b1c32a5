package dev.onewrite.store.jdbc;

import dev.onewrite.component.RefusedException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Brings a database's tables to what this release needs, by versioned migrations. */
public final class Schema {

  private static final Set<MigrationState> LATER =
      EnumSet.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

  private Schema() {}

  /**
   * Applies the migrations in the folder {@code migration} beside {@code adapter} that were not
   * applied yet, each in a transaction.
   *
   * <p><b>Guarantee.</b> A database that a later release has migrated is left untouched.
   *
   * @param where names the database in errors
   * @throws RefusedException OW314 if the tables are a later release's, OW316 if a migration fails
   *     or an applied one is not what it was
   */
  public static void migrate(DataSource database, Class<?> adapter, String where) {
    try {
      Flyway flyway =
          Flyway.configure(adapter.getClassLoader())
              .dataSource(database)
              .locations("classpath:" + adapter.getPackageName().replace('.', '/') + "/migration")
              .table("onewrite_schema")
              .cleanDisabled(true)
              .load();
      refuseLater(flyway, where);
      flyway.migrate();
    } catch (FlywayException e) {
      throw new RefusedException(
          "OW316",
          "The tables of "
              + where
              + " could not be brought to this release: "
              + e.getMessage()
              + ". Nothing was journaled. If the text names a checksum, the tables were made by an"
              + " altered release: start that one, or restore a backup.",
          e);
    }
  }

  private static void refuseLater(Flyway flyway, String where) {
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

  private static String version(MigrationInfo migration) {
    return migration.getVersion() == null
        ? migration.getDescription()
        : migration.getVersion().toString();
  }
}

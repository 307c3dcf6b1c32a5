package dev.onewrite.store.postgres;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/**
 * Brings the tables to this release, for nodes that run with {@code migrate = validate}: {@code
 * java -cp CLASSPATH dev.onewrite.store.postgres.ApplyMigrations}, with the nodes' configuration
 * and a user that owns the schema.
 */
public final class ApplyMigrations {

  private ApplyMigrations() {}

  public static void main(String[] arguments) {
    System.out.println(apply(ConfigFactory.load().getConfig("onewrite")));
  }

  /**
   * Applies what was not applied yet.
   *
   * @param onewrite everything under {@code onewrite}; {@code migrate} does not matter
   * @return in one line, what was done
   * @throws dev.onewrite.component.RefusedException as a start does
   */
  public static String apply(Config onewrite) {
    PostgresSettings settings = PostgresSettings.read(onewrite);
    PostgresDatabase.schema(settings, settings.source("onewrite migration")).apply();
    return settings.where() + " is at this release.";
  }
}

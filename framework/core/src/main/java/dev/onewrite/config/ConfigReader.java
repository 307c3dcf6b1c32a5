package dev.onewrite.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.onewrite.component.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Reads values and names key, value and range where one does not fit.
 *
 * <p><b>Failure.</b> OW501 for a value that is missing, of another kind or out of its range. None
 * is ever repaired.
 *
 * @param config what is under {@code path}
 * @param path of the whole, for example {@code onewrite}
 */
public record ConfigReader(Config config, String path) {

  public String text(String key) {
    return value(key, config::getString);
  }

  public boolean flag(String key) {
    return value(key, config::getBoolean);
  }

  public List<String> texts(String key) {
    return List.copyOf(value(key, config::getStringList));
  }

  public Duration duration(String key, Duration min, Duration max) {
    return inRange(key, value(key, config::getDuration), min, max);
  }

  public int number(String key, int min, int max) {
    return inRange(key, value(key, config::getInt), min, max);
  }

  public int bytes(String key, int min, int max) {
    return inRange(key, value(key, config::getBytes), (long) min, (long) max).intValue();
  }

  private <T> T value(String key, Function<String, T> get) {
    try {
      return get.apply(key);
    } catch (ConfigException e) {
      throw new RefusedException(
          "OW501", path + "." + key + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private <T extends Comparable<T>> T inRange(String key, T value, T min, T max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new RefusedException(
          "OW501",
          path
              + "."
              + key
              + " is "
              + config.getValue(key).unwrapped()
              + "; it must be from "
              + min
              + " to "
              + max
              + ". Nothing was started. reference.conf says what the key means.");
    }
    return value;
  }
}

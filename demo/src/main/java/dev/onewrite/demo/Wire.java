package dev.onewrite.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Commands and reports as lines of JSON. */
final class Wire {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Wire() {}

  static String line(Command command) {
    return write(command);
  }

  static String line(Report report) {
    return write(report);
  }

  private static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) { // records of strings and numbers can all be written
      throw new IllegalArgumentException("cannot be written as a line: " + value, e);
    }
  }

  /**
   * The command of a line.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Command command(String line) {
    return read(line, Command.class);
  }

  /**
   * The report of a line.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Report report(String line) {
    return read(line, Report.class);
  }

  private static <T> T read(String line, Class<T> type) {
    try {
      return MAPPER.readValue(line, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not a " + type.getSimpleName() + ": " + e.getOriginalMessage() + " in: " + line, e);
    }
  }
}

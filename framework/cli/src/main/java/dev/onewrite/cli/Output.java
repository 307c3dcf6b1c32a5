package dev.onewrite.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import picocli.CommandLine;

/** Where results go, and in which form. */
final class Output {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .build();

  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec command;

  @CommandLine.Option(names = "--json", description = "JSON instead of text for people.")
  private boolean json;

  boolean isJson() {
    return json;
  }

  PrintWriter out() {
    return command == null
        ? new PrintWriter(System.out, true, java.nio.charset.StandardCharsets.UTF_8)
        : command.commandLine().getOut();
  }

  void line(String text) {
    out().println(text);
  }

  /** Something that is not what was asked for. */
  void error(String text) {
    PrintWriter err =
        command == null
            ? new PrintWriter(System.err, true, java.nio.charset.StandardCharsets.UTF_8)
            : command.commandLine().getErr();
    err.println(text);
  }

  /** A document of maps, lists, texts and numbers. */
  void document(Object plain) {
    try {
      out().println(JSON.writeValueAsString(plain));
      out().flush();
    } catch (JsonProcessingException e) { // it was made here, of what JSON has
      throw new IllegalStateException(e);
    }
  }
}

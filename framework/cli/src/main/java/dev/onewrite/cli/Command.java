package dev.onewrite.cli;

import dev.onewrite.component.OnewriteException;
import java.io.PrintWriter;
import picocli.CommandLine;

/** {@code onewrite}. */
@CommandLine.Command(
    name = "onewrite",
    mixinStandardHelpOptions = true,
    version = "onewrite 0.1.0-SNAPSHOT",
    description = {
      "Looks at a store and checks it.",
      "A node may be running on it: nothing is locked, and only 'parked redrive' and 'parked discard'"
          + " write.",
    },
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:fine",
      "1:something was found, or what was asked for is not there",
      "2:wrong usage, or the store cannot be opened",
    },
    subcommands = {
      VerifyCommand.class,
      JournalCommand.class,
      EntityCommand.class,
      OutboxCommand.class,
      ParkedCommand.class,
      TimersCommand.class,
      DoctorCommand.class,
    })
public final class Command {

  static final int FINE = 0;
  static final int FOUND = 1;
  static final int UNUSABLE = 2;

  private Command() {}

  /** Runs and exits. */
  public static void main(String[] arguments) {
    // Of the command alone: a program that has this jar on its class path has a log of its own.
    System.setProperty("logback.configurationFile", "dev/onewrite/cli/log.xml");
    System.exit(run(arguments));
  }

  /** Runs and returns the exit code. */
  static int run(String... arguments) {
    return line().execute(arguments);
  }

  static CommandLine line() {
    return new CommandLine(new Command())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, line, parsed) -> {
              if (!(failure instanceof OnewriteException)) {
                throw failure;
              }
              PrintWriter err = line.getErr();
              err.println(failure.getMessage());
              return UNUSABLE;
            });
  }
}

package dev.onewrite.cli;

import dev.onewrite.component.BrokenException;
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
      "2:wrong usage",
      "3:could not look: the store cannot be opened or read, or the command failed",
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
  static final int MISUSED = 2;

  /** Nothing is known of what was asked for: a script must not take it for a finding. */
  static final int FAILED = 3;

  private Command() {}

  /** Runs and exits. */
  public static void main(String[] arguments) {
    // Of the command alone: a program that has this jar on its class path has a log of its own.
    System.setProperty("logback.configurationFile", "dev/onewrite/cli/log.xml");
    System.exit(run(arguments));
  }

  /** Runs and returns the exit code. */
  static int run(String... arguments) {
    CommandLine line = line();
    try {
      return line.execute(arguments);
    } catch (Error e) { // picocli catches exceptions; the JVM would exit with the code of findings
      return failed(e, line.getErr());
    }
  }

  static CommandLine line() {
    return new CommandLine(new Command())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((failure, line, parsed) -> failed(failure, line.getErr()));
  }

  private static int failed(Throwable failure, PrintWriter err) {
    if (failure instanceof OnewriteException) {
      err.println(failure.getMessage());
    } else {
      err.println(
          new BrokenException(
                  "OW603",
                  "The command failed, so nothing is said of the store: "
                      + failure
                      + ". If no file or option explains it, it is a mistake of the command's:"
                      + " report it with what follows.")
              .getMessage());
      failure.printStackTrace(err);
    }
    err.flush();
    return FAILED;
  }
}

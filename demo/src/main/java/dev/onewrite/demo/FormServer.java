package dev.onewrite.demo;

import com.typesafe.config.ConfigFactory;
import dev.onewrite.Onewrite;
import dev.onewrite.component.Component;
import dev.onewrite.component.OnewriteException;
import dev.onewrite.component.RetryableException;
import dev.onewrite.demo.AuditMessage.ReadTrail;
import dev.onewrite.demo.FormMessage.Accepted;
import dev.onewrite.demo.FormMessage.EditForm;
import dev.onewrite.demo.FormMessage.FormStatus;
import dev.onewrite.demo.FormMessage.Noted;
import dev.onewrite.demo.FormMessage.ReadForm;
import dev.onewrite.demo.FormMessage.SubmitForm;
import dev.onewrite.spi.FaultPoint;
import dev.onewrite.spi.Faults;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The application process: commands on standard input, reports on standard output, until the input
 * ends or somebody kills it.
 */
final class FormServer implements Command.Taker {

  /** What OW106 says: the handler threw, so nothing was journaled and the id is still free. */
  private static final String HANDLER_THREW = "OW106";

  private final Onewrite onewrite;
  private final Component<FormMessage> forms;
  private final Reports reports;

  private FormServer(Onewrite onewrite, Component<FormMessage> forms, Reports reports) {
    this.onewrite = onewrite;
    this.forms = forms;
    this.reports = reports;
  }

  /**
   * Runs it.
   *
   * @param arguments the file with its configuration, the registry's URI, its name among the nodes;
   *     then, to stop there, a fault point and at which pass of it
   */
  public static void main(String[] arguments) throws IOException {
    Reports reports = new Reports(new PrintStream(System.out, false, StandardCharsets.UTF_8));
    Component<FormMessage> forms =
        Forms.saving(new HttpRegistry(URI.create(arguments[1])), arguments[2]);
    Faults faults =
        arguments.length < 5
            ? Faults.NONE
            : new Breakpoint(
                FaultPoint.valueOf(arguments[3]), Integer.parseInt(arguments[4]), reports);
    try (Onewrite onewrite =
        Onewrite.builder()
            .config(ConfigFactory.parseFile(new File(arguments[0])))
            .component(forms)
            .component(Audit.COMPONENT)
            .faults(faults)
            .start()) {
      reports.send(new Report.Ready(onewrite.store()));
      new FormServer(onewrite, forms, reports).serve();
    }
  }

  private void serve() throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Command command = Wire.command(line);
      try {
        command.to(this);
      } catch (OnewriteException e) { // refused before it was sent
        failed(command.id(), e);
      }
    }
  }

  @Override
  public void edit(Command.Edit command) {
    report(
        command.id(),
        onewrite
            .ref(forms, command.form())
            .ask(new EditForm(command.department(), command.text()), Noted.class, command.id()),
        noted -> new Report.Answered(command.id(), noted.revision()));
  }

  @Override
  public void submit(Command.Submit command) {
    report(
        command.id(),
        onewrite
            .ref(forms, command.form())
            .ask(
                new SubmitForm(command.department(), command.content()),
                Accepted.class,
                command.id()),
        accepted -> new Report.Answered(command.id(), accepted.revision()));
  }

  @Override
  public void show(Command.Show command) {
    report(
        command.id(),
        onewrite.ref(forms, command.form()).ask(new ReadForm(), FormStatus.class),
        status -> new Report.Shown(command.id(), command.form(), status));
  }

  @Override
  public void trace(Command.Trace command) {
    report(
        command.id(),
        onewrite.ref(Audit.COMPONENT, command.ledger()).ask(new ReadTrail(), Trail.class),
        trail -> new Report.Traced(command.id(), command.ledger(), trail));
  }

  @Override
  public void measure(Command.Measure command) {
    try {
      reports.send(new Report.Measured(command.id(), new SteadyLoad(onewrite, forms).run(command)));
    } catch (IllegalStateException | InterruptedException e) {
      failed(command.id(), e);
    }
  }

  private <R> void report(
      String id, CompletionStage<R> answer, Function<? super R, ? extends Report> reported) {
    answer.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            reports.send(reported.apply(value));
          } else {
            failed(id, failure);
          }
        });
  }

  private void failed(String id, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    boolean again =
        cause instanceof RetryableException
            || (cause instanceof OnewriteException coded && coded.code().equals(HANDLER_THREW));
    reports.send(new Report.Failed(id, again, String.valueOf(cause.getMessage())));
  }
}

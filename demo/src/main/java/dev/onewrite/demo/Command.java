package dev.onewrite.demo;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A line from the driver to the application. Each is reported on under its {@code id}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "do")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Command.Edit.class, name = "edit"),
  @JsonSubTypes.Type(value = Command.Submit.class, name = "submit"),
  @JsonSubTypes.Type(value = Command.Show.class, name = "show"),
  @JsonSubTypes.Type(value = Command.Trace.class, name = "trace"),
  @JsonSubTypes.Type(value = Command.Measure.class, name = "measure")
})
sealed interface Command {

  String id();

  void to(Taker taker);

  /** Whoever carries commands out. */
  interface Taker {
    void edit(Edit command);

    void submit(Submit command);

    void show(Show command);

    void trace(Trace command);

    void measure(Measure command);
  }

  /** Edit a form; {@code id} is the request id. */
  record Edit(String id, String form, String department, String text) implements Command {
    @Override
    public void to(Taker taker) {
      taker.edit(this);
    }
  }

  /** Submit a form; {@code id} is the request id. */
  record Submit(String id, String form, String department, Content content) implements Command {
    @Override
    public void to(Taker taker) {
      taker.submit(this);
    }
  }

  /** Show what a form has come to. */
  record Show(String id, String form) implements Command {
    @Override
    public void to(Taker taker) {
      taker.show(this);
    }
  }

  /** Show what an audit entity has heard. */
  record Trace(String id, String ledger) implements Command {
    @Override
    public void to(Taker taker) {
      taker.trace(this);
    }
  }

  /** Submit forms at a steady rate and measure; the first {@code warmUp} do not count. */
  record Measure(String id, int perSecond, int warmUp, int forms) implements Command {
    @Override
    public void to(Taker taker) {
      taker.measure(this);
    }
  }
}

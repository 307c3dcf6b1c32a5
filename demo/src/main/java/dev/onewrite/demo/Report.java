package dev.onewrite.demo;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.onewrite.spi.FaultPoint;

/** A line from the application to the driver. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Report.Ready.class, name = "ready"),
  @JsonSubTypes.Type(value = Report.Reached.class, name = "reached"),
  @JsonSubTypes.Type(value = Report.Answered.class, name = "answered"),
  @JsonSubTypes.Type(value = Report.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = Report.Shown.class, name = "shown"),
  @JsonSubTypes.Type(value = Report.Traced.class, name = "traced"),
  @JsonSubTypes.Type(value = Report.Measured.class, name = "measured")
})
sealed interface Report {

  void to(Reader reader);

  /** Whoever reads reports. What a reader has no method for is not for it. */
  interface Reader {
    default void ready(Ready report) {}

    default void reached(Reached report) {}

    default void answered(Answered report) {}

    default void failed(Failed report) {}

    default void shown(Shown report) {}

    default void traced(Traced report) {}

    default void measured(Measured report) {}
  }

  /** The node runs, on this store. */
  record Ready(String store) implements Report {
    @Override
    public void to(Reader reader) {
      reader.ready(this);
    }
  }

  /** A thread stands at the point it was told to stop at, and stays there. */
  record Reached(FaultPoint point) implements Report {
    @Override
    public void to(Reader reader) {
      reader.reached(this);
    }
  }

  /** An edit or a submission is committed. */
  record Answered(String id, int revision) implements Report {
    @Override
    public void to(Reader reader) {
      reader.answered(this);
    }
  }

  /**
   * A command failed.
   *
   * @param again whether it may succeed under the same id
   */
  record Failed(String id, boolean again, String reason) implements Report {
    @Override
    public void to(Reader reader) {
      reader.failed(this);
    }
  }

  /** What a form has come to. */
  record Shown(String id, String form, FormMessage.FormStatus status) implements Report {
    @Override
    public void to(Reader reader) {
      reader.shown(this);
    }
  }

  /** What an audit entity has heard. */
  record Traced(String id, String ledger, Trail trail) implements Report {
    @Override
    public void to(Reader reader) {
      reader.traced(this);
    }
  }

  /** How long it took at a steady rate. */
  record Measured(String id, Latencies latencies) implements Report {
    @Override
    public void to(Reader reader) {
      reader.measured(this);
    }
  }
}

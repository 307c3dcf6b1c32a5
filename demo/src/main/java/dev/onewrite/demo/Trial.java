package dev.onewrite.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** One run of the story, from an empty folder to a verdict. */
final class Trial {

  private final Workplace workplace;
  private final Progress progress;
  private final int inFlight;

  Trial(Workplace workplace, Progress progress, int inFlight) {
    this.workplace = workplace;
    this.progress = progress;
    this.inFlight = inFlight;
  }

  Verdict run(Intake intake, long seed, List<Kill> schedule)
      throws IOException, InterruptedException, SQLException {
    Path folder = workplace.story();
    Workplace.empty(folder);
    try (RegistryServer registry = RegistryServer.start(RegistryServer.Temper.MOODY, seed)) {
      Place place = Place.alone(folder, registry.uri());
      Work work = new Work(intake.cases(), inFlight);
      Story story = new Story(work, schedule, place, progress);
      Inquiry.Testimony testimony;
      try (App last = story.play()) {
        testimony = new Inquiry(last, intake.cases(), progress).hear(work.answers().size());
        last.stop();
      }
      return new Verdict(
          intake.malformed(),
          schedule.size(),
          new Evidence(
              Findings.of(intake.cases(), work.answers(), testimony, registry::receipts),
              registry.seen(),
              JournalRows.count(Place.journal(folder)),
              List.copyOf(work.refusals())),
          story.outcome());
    }
  }
}

package dev.onewrite.internal.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onewrite.internal.engine.Forms.Note;
import dev.onewrite.journal.Cause;
import dev.onewrite.journal.Payload;
import dev.onewrite.journal.StoredState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RequestsTest {

  private final Requests requests = new Requests(3);
  private final Payload yes = Forms.codec().encode(new Note("yes"));

  @Test
  void request_neverSeen_isNotHandled() {
    assertFalse(requests.handled("r"));
    assertEquals(Optional.empty(), requests.reply("r"));
  }

  @Test
  void request_handled_hasItsRecordedReply() {
    requests.apply(new Cause.Requested("r"), yes);
    requests.apply(new Cause.Requested("silent"), null);

    assertTrue(requests.handled("r"));
    assertEquals(Optional.of(yes), requests.reply("r"));
    assertTrue(requests.handled("silent"));
    assertEquals(Optional.empty(), requests.reply("silent"));
  }

  @Test
  void requests_atTheLimit_areAllRemembered() {
    for (int i = 1; i <= 3; i++) {
      requests.apply(new Cause.Requested("r" + i), yes);
    }

    assertEquals(3, requests.size());
    assertTrue(requests.handled("r1"));
  }

  @Test
  void requests_overTheLimit_forgetTheOldest() {
    for (int i = 1; i <= 5; i++) {
      requests.apply(new Cause.Requested("r" + i), yes);
    }

    assertEquals(
        List.of("r3", "r4", "r5"),
        requests.stored().stream().map(StoredState.Reply::requestId).toList());
    assertFalse(requests.handled("r2"));
  }
}

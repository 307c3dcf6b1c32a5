package dev.onewrite.docs;

import dev.onewrite.Onewrite;
import dev.onewrite.component.Component;
import dev.onewrite.gateway.Authorizer;
import dev.onewrite.gateway.Call;
import dev.onewrite.gateway.Decision;
import dev.onewrite.gateway.Gateway;

/** The quickstart's form, for browsers. */
final class WebForms {

  private WebForms() {}

  // snippet: gateway
  static Gateway gateway(Onewrite onewrite, Component<?> forms, int port) {
    return Gateway.of(onewrite)
        .expose(forms)
        .authorizer(Authorizer.of(WebForms::decide))
        .bind("127.0.0.1", port);
  }

  static Decision decide(Call call) {
    String token = call.header("Authorization").orElse("");
    if (token.isEmpty()) {
      return Decision.unknown("Bearer");
    }
    boolean theirs = token.equals("Bearer " + call.entity().entityId());
    return theirs ? Decision.allow() : Decision.forbid("This is somebody else's form.");
  }

  // end
}

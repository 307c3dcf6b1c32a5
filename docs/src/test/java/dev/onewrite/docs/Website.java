package dev.onewrite.docs;

import dev.onewrite.Onewrite;
import dev.onewrite.component.Component;
import dev.onewrite.gateway.Access;
import dev.onewrite.gateway.Authorizer;
import dev.onewrite.gateway.Gateway;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The gateway of docs/gateway.md. */
final class Website {

  private Website() {}

  // snippet: gateway
  static Gateway open(
      Onewrite onewrite,
      Component<Quickstart.FormMessage> forms,
      Map<String, String> usersByToken) {
    Authorizer usersOwnForms =
        access -> {
          String token =
              access
                  .request()
                  .getHeader("Authorization")
                  .map(header -> header.value().replaceFirst("^Bearer ", ""))
                  .orElse("");
          String user = usersByToken.get(token);
          boolean own = access.address().entityId().startsWith(user + "-");
          Authorizer.Verdict verdict =
              user == null
                  ? Authorizer.Verdict.UNAUTHENTICATED
                  : own || access.kind() != Access.Kind.SEND
                      ? Authorizer.Verdict.ALLOW
                      : Authorizer.Verdict.FORBIDDEN;
          return CompletableFuture.completedFuture(verdict);
        };
    return Gateway.of(onewrite)
        .expose(forms)
        .expose(Quickstart.AUDIT, Quickstart.WhatWasAudited.class) // and nothing else of it
        .authorizer(usersOwnForms)
        .bind("127.0.0.1", 0); // behind what ends TLS
  }
  // end
}

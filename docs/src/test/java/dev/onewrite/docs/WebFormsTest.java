package dev.onewrite.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.onewrite.Onewrite;
import dev.onewrite.component.Component;
import dev.onewrite.gateway.Gateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

final class WebFormsTest {

  @Test
  void form_sentByItsOwner_isSaved_andByOthersNot() throws Exception {
    Component<Quickstart.FormMessage> forms = Quickstart.form((data, key) -> "r of " + data);

    try (Onewrite onewrite = Onewrite.builder().component(forms).durability("memory").start();
        Gateway gateway = WebForms.gateway(onewrite, forms, 0)) {
      assertEquals("401", submit(gateway, "").substring(0, 3));
      assertEquals("403", submit(gateway, "Bearer form-1").substring(0, 3));
      assertEquals(
          "200 {\"type\":\"accepted\",\"data\":{\"receipt\":\"r of hello\"}}",
          submit(gateway, "Bearer form-42"));
    }
  }

  private static String submit(Gateway gateway, String token) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway.uri() + "/form/form-42"))
            .header("Idempotency-Key", "submit-1")
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"type\":\"submit-form\",\"data\":{\"data\":\"hello\"}}"));
    if (!token.isEmpty()) {
      request.header("Authorization", token);
    }
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }
}

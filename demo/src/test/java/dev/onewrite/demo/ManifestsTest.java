package dev.onewrite.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manifests of demo/kubernetes against the schema that Kubernetes publishes, offline. */
final class ManifestsTest {

  private static final Path FOLDER =
      Path.of(System.getProperty("onewrite.root", ".."), "demo", "kubernetes");

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** By apiVersion and kind: unknown fields, missing ones and wrong types are refused. */
  private static final Map<String, Schema> SCHEMAS =
      Map.of(
          "apps/v1 StatefulSet", V1StatefulSet::validateJsonElement,
          "v1 Service", V1Service::validateJsonElement,
          "v1 ServiceAccount", V1ServiceAccount::validateJsonElement,
          "v1 ConfigMap", V1ConfigMap::validateJsonElement,
          "v1 Secret", V1Secret::validateJsonElement,
          "rbac.authorization.k8s.io/v1 Role", V1Role::validateJsonElement,
          "rbac.authorization.k8s.io/v1 RoleBinding", V1RoleBinding::validateJsonElement,
          "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
          "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::validateJsonElement);

  private interface Schema {
    void check(JsonElement object) throws IOException;
  }

  @Test
  void manifests_checkedAgainstTheSchema_areValid() throws IOException {
    List<String> checked = new ArrayList<>();

    for (JsonNode object : objects()) {
      check(object);
      checked.add(kind(object));
    }

    assertTrue(checked.containsAll(SCHEMAS.keySet()), "missing: " + checked);
  }

  @Test
  void manifest_withAMisspeltField_isFound() throws IOException {
    ObjectNode deployment = (ObjectNode) object("apps/v1 StatefulSet");
    ObjectNode container =
        (ObjectNode) deployment.at("/spec/template/spec/containers/0/readinessProbe");

    container.put("periodSecond", 5);

    assertThrows(IllegalArgumentException.class, () -> check(deployment));
  }

  @Test
  void probes_pointAtThePortsOfTheContainer() throws IOException {
    JsonNode container = object("apps/v1 StatefulSet").at("/spec/template/spec/containers/0");
    List<String> ports = new ArrayList<>();
    container.get("ports").forEach(port -> ports.add(port.get("name").asText()));

    for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
      assertTrue(ports.contains(container.at("/" + probe + "/httpGet/port").asText()), probe);
    }

    assertEquals("/ready", container.at("/readinessProbe/httpGet/path").asText());
    assertEquals("/alive", container.at("/livenessProbe/httpGet/path").asText());
  }

  @Test
  void password_isByReferenceOnly() throws IOException {
    JsonNode environment = object("apps/v1 StatefulSet").at("/spec/template/spec/containers/0/env");
    Map<String, String> keys =
        Map.of("POSTGRES_URL", "url", "POSTGRES_USER", "user", "POSTGRES_PASSWORD", "password");
    int referenced = 0;

    for (JsonNode variable : environment) {
      String key = keys.get(variable.get("name").asText());
      if (key != null) {
        assertFalse(variable.has("value"));
        assertEquals(key, variable.at("/valueFrom/secretKeyRef/key").asText());
        referenced++;
      }
    }

    assertEquals(keys.size(), referenced);
  }

  private static void check(JsonNode object) throws IOException {
    Schema schema = SCHEMAS.get(kind(object));
    assertTrue(schema != null, "no schema for " + kind(object));
    schema.check(JsonParser.parseString(object.toString()));
  }

  private static String kind(JsonNode object) {
    return object.get("apiVersion").asText() + " " + object.get("kind").asText();
  }

  private static JsonNode object(String kind) throws IOException {
    return objects().stream().filter(o -> kind(o).equals(kind)).findFirst().orElseThrow();
  }

  private static List<JsonNode> objects() throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
          objects.addAll(documents.readAll());
        }
      }
    }
    return objects;
  }
}

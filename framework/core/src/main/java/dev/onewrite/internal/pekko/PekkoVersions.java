package dev.onewrite.internal.pekko;

import dev.onewrite.component.RefusedException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.util.ManifestInfo;
import scala.jdk.javaapi.CollectionConverters;

/** Refuses a class path on which the modules of Pekko are not of one version. */
final class PekkoVersions {

  /** Released together, and only fit each other so. */
  private static final Set<String> CORE =
      Set.of(
          "pekko-actor",
          "pekko-actor-typed",
          "pekko-cluster",
          "pekko-cluster-sharding",
          "pekko-cluster-sharding-typed",
          "pekko-cluster-tools",
          "pekko-cluster-typed",
          "pekko-coordination",
          "pekko-discovery",
          "pekko-distributed-data",
          "pekko-persistence",
          "pekko-persistence-query",
          "pekko-persistence-typed",
          "pekko-pki",
          "pekko-protobuf-v3",
          "pekko-remote",
          "pekko-slf4j",
          "pekko-stream",
          "pekko-stream-typed");

  private static final Set<String> MANAGEMENT =
      Set.of(
          "pekko-discovery-kubernetes-api",
          "pekko-lease-kubernetes",
          "pekko-management",
          "pekko-management-cluster-bootstrap",
          "pekko-management-cluster-http",
          "pekko-management-pki");

  private PekkoVersions() {}

  static void check(ActorSystem<?> system) {
    Map<String, String> found = new TreeMap<>();
    CollectionConverters.asJava(ManifestInfo.get(system.classicSystem()).versions())
        .forEach((module, version) -> found.put(module, version.version()));
    check(found);
  }

  /**
   * Checks modules and their versions.
   *
   * @throws RefusedException OW130 if those of one release are of several versions
   */
  static void check(Map<String, String> found) {
    checkSame(found, CORE);
    checkSame(found, MANAGEMENT);
  }

  private static void checkSame(Map<String, String> found, Set<String> modules) {
    Map<String, String> ours = new TreeMap<>(found);
    ours.keySet().retainAll(modules);
    Set<String> versions = new TreeSet<>(ours.values());
    if (versions.size() > 1) {
      throw new RefusedException(
          "OW130",
          "The class path has Pekko in the versions "
              + versions
              + ": "
              + ours
              + ". The node did not start, as they fail each other at unforeseen moments. Name all"
              + " of them in your build with one version.");
    }
  }
}

package dev.onewrite.docs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The layers. Imports point down only:
 *
 * <pre>
 *   demo ─▶ entry ─▶ internal.pekko ─▶ engine ─▶ codec ─▶ spi ─▶ journal ─▶ component ─▶ machine
 *                    projection, store.* ───────────────▶ spi
 *                    testkit ───────────────▶ engine
 *   gateway ─▶ entry, journal, component
 * </pre>
 */
final class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.onewrite");

  private static final String[] JDK = {"java..", "javax.sql..", "org.jspecify.."};

  @Test
  void machine_seesTheJdkOnly() {
    onlySees("dev.onewrite.machine..");
  }

  @Test
  void component_seesMachine() {
    onlySees("dev.onewrite.component..", "dev.onewrite.machine..");
  }

  @Test
  void journal_seesComponentAndBelow() {
    onlySees("dev.onewrite.journal..", "dev.onewrite.component..", "dev.onewrite.machine..");
  }

  @Test
  void spi_seesJournalAndBelow() {
    onlySees(
        "dev.onewrite.spi..",
        "dev.onewrite.journal..",
        "dev.onewrite.component..",
        "dev.onewrite.machine..",
        "com.typesafe.config..");
  }

  @Test
  void codec_seesSpiAndBelow() {
    onlySees(
        "dev.onewrite.internal.codec..",
        "dev.onewrite.spi..",
        "dev.onewrite.journal..",
        "dev.onewrite.component..",
        "dev.onewrite.machine..",
        "com.fasterxml.jackson..");
  }

  @Test
  void engine_isPure() {
    onlySees(
        "dev.onewrite.internal.engine..",
        "dev.onewrite.internal.codec..",
        "dev.onewrite.spi..",
        "dev.onewrite.journal..",
        "dev.onewrite.component..",
        "dev.onewrite.machine..");
    noClasses()
        .that()
        .resideInAnyPackage("dev.onewrite.internal.engine..", "dev.onewrite.machine..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Clock")
        .check(CLASSES);
  }

  /** Brings an actor system of its own, as an application may, with Pekko Management beside it. */
  private static final String DEPLOYED =
      "dev\\.onewrite\\.demo\\.(Form(Service|Routes)|web\\.PageRoutes).*";

  @Test
  void pekko_isSeenByNodeEntryProjectionsAndGatewayOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.onewrite",
            "dev.onewrite.internal.pekko..",
            "dev.onewrite.projection..",
            "dev.onewrite.gateway..")
        .and()
        .haveNameNotMatching(DEPLOYED)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.pekko..")
        .check(CLASSES);
  }

  @Test
  void entry_isSeenByNobodyBelow() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.onewrite.internal..", "dev.onewrite.spi..", "dev.onewrite.store..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.onewrite")
        .check(CLASSES);
  }

  @Test
  void adaptersAndProjections_seePortsOnly_andNeverEachOther() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.onewrite.store..",
            "dev.onewrite.projection..",
            "dev.onewrite.cli..",
            "dev.onewrite.demo..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.onewrite.internal..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.onewrite.store..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.onewrite.projection..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.onewrite.projection..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.onewrite.store..")
        .check(CLASSES);
  }

  @Test
  void testkit_seesEngineAndBelow_andNoActor() {
    noClasses()
        .that()
        .resideInAPackage("dev.onewrite.testkit..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.onewrite.internal.pekko..", "dev.onewrite.projection..", "dev.onewrite.store..")
        .check(CLASSES);
  }

  @Test
  void gateway_seesEntryAndWhatAuthorsSee_andIsSeenByApplicationsOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.onewrite.gateway..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.onewrite.internal..",
            "dev.onewrite.spi..",
            "dev.onewrite.store..",
            "dev.onewrite.projection..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.onewrite.gateway..", "dev.onewrite.demo..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.onewrite.gateway..")
        .check(CLASSES);
  }

  private static void onlySees(String layer, String... below) {
    List<String> allowed = new ArrayList<>(List.of(JDK));
    allowed.addAll(List.of(below));
    allowed.add(layer);
    classes()
        .that()
        .resideInAPackage(layer)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .check(CLASSES);
  }
}

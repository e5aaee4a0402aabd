package org.latentsweep;

import static com.tngtech.archunit.core.domain.JavaModifier.PRIVATE;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules that the classes of this module and of all modules together follow. */
class ArchitectureTest {
  private static final JavaClasses CLASSES = new ClassFileImporter().importPath("target/classes");

  private static final JavaClasses ALL_MODULES =
      new ClassFileImporter()
          .importPaths("../worker/target/classes", "../analysis/target/classes", "target/classes");

  private static void check(String dependent, String... dependencies) {
    noClasses()
        .that()
        .resideInAPackage("org.latentsweep." + dependent + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            List.of(dependencies).stream()
                .map(name -> "org.latentsweep." + name + "..")
                .toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void theCommandLineAndTheExecutionDoNotKnowEachOther() {
    check("cli", "execution", "mlflow");
    check("execution", "cli");
  }

  @Test
  void theEngineKnowsNeitherWhoCallsItNorWhatDoesTheWork() {
    check("engine", "cli", "execution", "bench", "mlflow");
  }

  @Test
  void planningKnowsNothingOfTheEngine() {
    check("sweep", "engine", "cli", "execution", "bench", "mlflow");
  }

  @Test
  void planningKnowsNoSpark() {
    noClasses()
        .that()
        .resideInAPackage("org.latentsweep.sweep..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "org.apache.parquet..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.latentsweep.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void noTwoTypesHaveTheSameSimpleName() {
    Map<String, List<JavaClass>> bySimpleName =
        ALL_MODULES.stream()
            .filter(
                type -> !type.isAnonymousClass() && !type.getSimpleName().equals("package-info"))
            .filter(type -> !type.getModifiers().contains(PRIVATE))
            .collect(groupingBy(JavaClass::getSimpleName));
    bySimpleName.values().removeIf(types -> types.size() == 1);
    assertThat(bySimpleName).isEmpty();
  }
}

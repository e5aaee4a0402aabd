package org.latentsweep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The rules that the classes of this module and of all modules together follow. */
class ArchitectureTest {
  private static final JavaClasses CLASSES = new ClassFileImporter().importPath("target/classes");

  private static final JavaClasses ALL_MODULES =
      new ClassFileImporter()
          .importPaths("../worker/target/classes", "../analysis/target/classes", "target/classes");

  /** Each depends on those before it alone. */
  private static final List<String> LAYERS =
      List.of("sweep", "process", "engine", "bench", "mlflow", "execution");

  private static void check(String dependent, List<String> dependencies) {
    noClasses()
        .that()
        .resideInAPackage("org.latentsweep." + dependent + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(dependencies))
        .check(CLASSES);
  }

  private static String[] packages(List<String> names) {
    return names.stream().map(name -> "org.latentsweep." + name + "..").toArray(String[]::new);
  }

  @ParameterizedTest
  @FieldSource("LAYERS")
  void aLayerDependsOnThoseBelowItAlone(String layer) {
    List<String> others = new ArrayList<>(LAYERS.subList(LAYERS.indexOf(layer) + 1, LAYERS.size()));
    others.add("cli");
    check(layer, others);
  }

  @Test
  void theCommandLineKnowsNothingOfTheExecution() {
    check("cli", List.of("execution", "mlflow"));
  }

  @Test
  void mlflowKnowsNeitherTheEngineNorTheBenchmarks() {
    check("mlflow", List.of("engine", "bench"));
  }

  @Test
  void everyPackageButThatOfTheMainClassIsALayerOrTheCommandLine() {
    List<String> all = new ArrayList<>(LAYERS);
    all.add("cli");
    noClasses()
        .that()
        .resideOutsideOfPackage("org.latentsweep")
        .should()
        .resideOutsideOfPackages(packages(all))
        .check(CLASSES);
  }

  @Test
  void planningKnowsNoTablesAndNoFolders() {
    check("sweep", List.of("table", "folder"));
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
            .collect(groupingBy(JavaClass::getSimpleName));
    bySimpleName.values().removeIf(types -> types.size() == 1);
    assertThat(bySimpleName).isEmpty();
  }
}

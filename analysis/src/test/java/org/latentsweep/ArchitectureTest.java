package org.latentsweep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules that the classes of this module follow, tests excluded. */
class ArchitectureTest {
  private static final JavaClasses CLASSES = new ClassFileImporter().importPath("target/classes");

  private static final List<String> MATHEMATICS =
      List.of("metric", "neighbour", "mapping", "divergence", "coverage");

  /** Each depends on those before it alone. */
  private static final List<String> LAYERS =
      Stream.concat(
              MATHEMATICS.stream(),
              Stream.of("table", "folder", "scoring", "cell", "figure", "report", "animation"))
          .toList();

  private static String[] packages(List<String> names) {
    return names.stream().map(name -> "org.latentsweep." + name + "..").toArray(String[]::new);
  }

  @Test
  void mathematicsKnowsNoSparkHadoopOrParquet() {
    noClasses()
        .that()
        .resideInAnyPackage(packages(MATHEMATICS))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "org.apache.parquet..")
        .check(CLASSES);
  }

  static Stream<String> layers() {
    return LAYERS.stream().limit(LAYERS.size() - 1L);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aLayerDependsOnThoseBelowItAlone(String layer) {
    noClasses()
        .that()
        .resideInAPackage("org.latentsweep." + layer + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(LAYERS.subList(LAYERS.indexOf(layer) + 1, LAYERS.size())))
        .check(CLASSES);
  }

  @Test
  void everyPackageIsALayer() {
    noClasses().should().resideOutsideOfPackages(packages(LAYERS)).check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.latentsweep.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}

package org.latentsweep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

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

  /** Each package depends on those before it alone. */
  private static final List<String> LAYERS =
      List.of("random", "target", "network", "run", "training");

  @Test
  void nothingDependsOnSparkHadoopParquetOrSmile() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.spark..", "org.apache.hadoop..", "org.apache.parquet..", "smile..")
        .check(CLASSES);
  }

  private static String[] packages(List<String> names) {
    return names.stream().map(name -> "org.latentsweep." + name + "..").toArray(String[]::new);
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
}

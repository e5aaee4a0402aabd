package org.latentsweep;

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

/** The rules that the classes of this module follow, tests excluded. */
class ArchitectureTest {
  private static final JavaClasses CLASSES = new ClassFileImporter().importPath("target/classes");

  @Test
  void nothingDependsOnSparkHadoopParquetOrSmile() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.spark..", "org.apache.hadoop..", "org.apache.parquet..", "smile..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.latentsweep.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void noTwoTypesHaveTheSameSimpleName() {
    Map<String, List<JavaClass>> bySimpleName =
        CLASSES.stream()
            .filter(
                type -> !type.isAnonymousClass() && !type.getSimpleName().equals("package-info"))
            .collect(groupingBy(JavaClass::getSimpleName));
    bySimpleName.values().removeIf(types -> types.size() == 1);
    assertThat(bySimpleName).isEmpty();
  }
}

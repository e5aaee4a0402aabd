package org.latentsweep.execution;

import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.CallMethodViaReflection;
import org.apache.spark.sql.catalyst.plans.QueryPlan;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoDir;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.ScriptTransformation;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import scala.collection.JavaConverters;

/**
 * Checks that a logical plan of Spark SQL is a query, which changes nothing and runs no program.
 */
final class ReadOnlyPlan {
  /** Functions that call any method of any class. */
  private static final Set<String> REFLECTION = Set.of("reflect", "java_method", "try_reflect");

  private ReadOnlyPlan() {}

  /**
   * Checks a plan and all of its subqueries.
   *
   * @throws IllegalArgumentException unless the plan only reads
   */
  static void require(TreeNode<?> node) {
    if (node instanceof Command
        || node instanceof ParsedStatement
        || node instanceof InsertIntoDir
        || node instanceof ScriptTransformation) {
      throw refused("it holds " + node.nodeName());
    }
    if (node instanceof CallMethodViaReflection
        || node instanceof UnresolvedFunction function && REFLECTION.contains(name(function))) {
      throw refused("it calls a method of Java");
    }
    if (node instanceof QueryPlan<?> plan) {
      JavaConverters.seqAsJavaList(plan.expressions()).forEach(ReadOnlyPlan::require);
    }
    JavaConverters.seqAsJavaList(node.children()).forEach(child -> require((TreeNode<?>) child));
    JavaConverters.seqAsJavaList(node.innerChildren()).forEach(ReadOnlyPlan::require);
  }

  private static String name(UnresolvedFunction function) {
    return function.nameParts().last().toLowerCase(Locale.ROOT);
  }

  private static IllegalArgumentException refused(String reason) {
    return new IllegalArgumentException(
        "Cannot query: sql only reads, such as SELECT * FROM runs; " + reason);
  }
}

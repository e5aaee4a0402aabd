package org.latentsweep.cli;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** For an option with a value that may be left out: what follows it after a space is not it. */
final class AttachedValue implements IParameterPreprocessor {
  @Override
  public boolean preprocess(
      Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
    if (" ".equals(info.get("separator"))) {
      arguments.push(((OptionSpec) option).fallbackValue());
    }
    return false; // picocli goes on with the arguments as they are now
  }
}

package org.latentsweep.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import org.latentsweep.engine.ExitCode;
import org.latentsweep.sweep.PrintableText;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** Names all wrong arguments of a command line in one message. */
final class WrongArguments {
  private WrongArguments() {}

  /** Lets a command and its subcommands go on after a wrong argument. */
  static void collect(CommandLine command) {
    command.getCommandSpec().parser().collectErrors(true);
    command.getSubcommands().values().forEach(WrongArguments::collect);
  }

  /** Executes the command of the arguments, unless some of them are wrong. */
  static int explainOrRun(ParseResult parsed) {
    List<ParameterException> errors =
        parsed.asCommandLineList().stream()
            .flatMap(command -> command.getParseResult().errors().stream())
            .map(ParameterException.class::cast)
            .toList();
    boolean help =
        parsed.asCommandLineList().stream()
            .anyMatch(
                command -> command.isUsageHelpRequested() || command.isVersionHelpRequested());
    return errors.isEmpty() || help
        ? new RunLast().execute(parsed)
        : explain(errors.stream().filter(e -> errors.size() == 1 || !isGiven(e, parsed)).toList());
  }

  /** Prints what is wrong, and returns the exit code. */
  static int explain(List<ParameterException> told) {
    CommandLine command = told.get(told.size() - 1).getCommandLine();
    PrintWriter err = command.getErr();
    told.stream()
        .map(ParameterException::getMessage)
        .distinct()
        .forEach(message -> err.println(PrintableText.ofLines(message)));
    told.forEach(e -> UnmatchedArgumentException.printSuggestions(e, err));
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    err.flush();
    return ExitCode.BAD_REQUEST;
  }

  /** Returns whether an option seems to be missing only because an argument before it is wrong. */
  private static boolean isGiven(ParameterException e, ParseResult parsed) {
    List<String> given = parsed.originalArgs();
    return e instanceof MissingParameterException missing
        && missing.getMissing().stream().anyMatch(argument -> isGiven(argument, given));
  }

  private static boolean isGiven(ArgSpec argument, List<String> given) {
    return !(argument instanceof OptionSpec option)
        || Arrays.stream(option.names())
            .anyMatch(name -> given.stream().anyMatch(word -> word.startsWith(name)));
  }
}

package org.latentsweep.cli;

import picocli.CommandLine.Command;

@Command(
    name = "bench",
    description = "Measures the speed of this product and of others on this machine.",
    synopsisSubcommandLabel = "COMMAND")
final class BenchCommand {
  /** The property with the folder of the launcher, which the launcher sets. */
  static final String HOME = "latentsweep.home";
}

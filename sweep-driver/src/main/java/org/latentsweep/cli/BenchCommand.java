package org.latentsweep.cli;

import picocli.CommandLine.Command;

@Command(
    name = "bench",
    description = "Measures the speed of this product on this machine, and of others beside it.",
    synopsisSubcommandLabel = "COMMAND")
final class BenchCommand {}

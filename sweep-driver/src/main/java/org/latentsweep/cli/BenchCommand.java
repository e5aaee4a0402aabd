package org.latentsweep.cli;

import picocli.CommandLine.Command;

@Command(
    name = "bench",
    description = "Measures the speed of this product and of others on this machine.",
    synopsisSubcommandLabel = "COMMAND")
final class BenchCommand {}

package org.latentsweep.folder;

import java.io.Serializable;

/**
 * Where a pack's rows come from, as the {@code runs} table keeps it.
 *
 * @param sweep name of the sweep that asked for the runs
 * @param attempt of the task that trained them, for the logs; needs not be unique
 * @param host it ran on
 * @param version of latentsweep
 */
public record Provenance(String sweep, String attempt, String host, String version)
    implements Serializable {}

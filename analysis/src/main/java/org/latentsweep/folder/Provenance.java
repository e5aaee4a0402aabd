package org.latentsweep.folder;

import java.io.Serializable;

/**
 * Where the rows of a pack come from, as {@code runs} records it.
 *
 * @param sweep the name of the sweep that the runs are trained for
 * @param attempt the attempt of the task that trains the runs, to find it in logs; need not be
 *     unique
 * @param host the host that the task runs on
 * @param version the version of latentsweep
 */
public record Provenance(String sweep, String attempt, String host, String version)
    implements Serializable {}

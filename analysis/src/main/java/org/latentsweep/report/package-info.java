/** A sweep's report: the page, the data that it shows, and the live page of a sweep that runs. */
package org.latentsweep.report;

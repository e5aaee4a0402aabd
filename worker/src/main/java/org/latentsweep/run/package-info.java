/** What a run is, and what comes out of one. */
package org.latentsweep.run;

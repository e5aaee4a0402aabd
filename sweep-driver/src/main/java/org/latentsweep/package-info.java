/** The main class, which connects the command line with the engine. */
package org.latentsweep;

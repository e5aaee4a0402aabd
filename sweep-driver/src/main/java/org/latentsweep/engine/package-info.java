/**
 * The interface of the engine that does the work of the commands: what it is asked, what it returns
 * and reports, and how it fails.
 */
package org.latentsweep.engine;

/** The program's entry. */
package org.latentsweep;

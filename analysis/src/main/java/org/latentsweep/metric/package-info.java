/** What every measure has in common: a value with its uncertainty, and its spread over seeds. */
package org.latentsweep.metric;

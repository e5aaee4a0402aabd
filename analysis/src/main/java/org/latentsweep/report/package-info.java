/** Reports: the page, its data, the files of a finished report, and the server of a live page. */
package org.latentsweep.report;

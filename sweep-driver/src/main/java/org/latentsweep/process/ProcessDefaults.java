package org.latentsweep.process;

import java.util.Locale;
import org.apache.hadoop.security.UserGroupInformation;

/** Settings of a whole JVM, made when it starts. */
public final class ProcessDefaults {
  /** What Java calls a user who has no entry in the password file, as in many containers. */
  private static final String UNKNOWN = "?";

  /** The name of such a user for Hadoop, which would fail without one. */
  private static final String USER = "latentsweep";

  private ProcessDefaults() {}

  /**
   * Makes libraries write numbers with the digits 0 to 9 and a decimal point in files and figures,
   * in whatever language the machine is set to, and names the user where the machine does not.
   */
  public static void set() {
    Locale.setDefault(Locale.ROOT);
    if (System.getProperty("user.name").equals(UNKNOWN)) {
      UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(USER));
    }
  }
}

package org.latentsweep.folder;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of the machine that this process runs on. */
public final class HostName {
  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname"); // on Linux

  private HostName() {}

  /** Returns the name, also if no service resolves it to an address, as in some containers. */
  public static String get() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      try {
        return Files.readString(KERNEL).strip();
      } catch (IOException notLinux) {
        return "unknown";
      }
    }
  }
}

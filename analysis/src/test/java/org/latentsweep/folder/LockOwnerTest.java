package org.latentsweep.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LockOwnerTest {
  private static LockOwner onMachine(String machine) {
    return new LockOwner("latentsweep run", "host", machine, 1, 2, "2026-01-02T03:04:05Z");
  }

  @Test
  void theContentOfAClaimDescribesItsOwner() throws IOException {
    LockOwner self = LockOwner.self("latentsweep run");

    assertThat(LockOwner.parse(self.json())).isEqualTo(self);
  }

  @Test
  void thisProcessIsAlive() throws IOException {
    assertThat(LockOwner.self("latentsweep run").isAlive()).isTrue();
  }

  @Test
  void anIncompleteClaimHasAnUnknownOwner() {
    assertThat(LockOwner.parse("{\"command\":\"latentsw")).isEqualTo(LockOwner.UNKNOWN);
  }

  @Test
  void aMachineWithoutAnIdIsNeverTheSame() {
    assertThat(onMachine("a").isOnMachineOf(onMachine("a"))).isTrue();
    assertThat(onMachine("a").isOnMachineOf(onMachine("b"))).isFalse();
    assertThat(onMachine("").isOnMachineOf(onMachine(""))).isFalse();
  }
}

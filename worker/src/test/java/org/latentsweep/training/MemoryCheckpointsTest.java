package org.latentsweep.training;

class MemoryCheckpointsTest extends CheckpointStoreContract {
  private final MemoryCheckpoints store = new MemoryCheckpoints();

  @Override
  CheckpointStore store() {
    return store;
  }
}

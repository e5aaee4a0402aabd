package org.latentsweep.training;

class MemoryCheckpointsTest extends CheckpointStoreContract {
  private final MemoryCheckpoints store = new MemoryCheckpoints();

  @Override
  protected CheckpointStore store() {
    return store;
  }
}

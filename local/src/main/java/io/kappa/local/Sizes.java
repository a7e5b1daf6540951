package io.kappa.local;

/**
 * How large the processes are.
 *
 * @param kafkaHeapMb the broker's heap, in MiB
 * @param postgresBuffersMb the store's shared buffers, in MiB
 * @param jobManagerMb the JobManager's whole process, in MiB
 * @param taskManagerMb a TaskManager's whole process, in MiB
 * @param taskManagers how many TaskManagers
 * @param taskSlots slots of each
 */
public record Sizes(
    int kafkaHeapMb,
    int postgresBuffersMb,
    int jobManagerMb,
    int taskManagerMb,
    int taskManagers,
    int taskSlots) {

  /** All six jobs and a replay at work together on a machine with 8 GB free. */
  public static final Sizes DEFAULT = new Sizes(400, 256, 800, 3328, 1, 16);

  /**
   * @throws StackException if a part couldn't work with its size
   */
  public Sizes {
    atLeast("kafka heap (MiB)", kafkaHeapMb, 128);
    atLeast("postgres buffers (MiB)", postgresBuffersMb, 16);
    atLeast("JobManager (MiB)", jobManagerMb, 640);
    atLeast("TaskManager (MiB)", taskManagerMb, 1792);
    atLeast("number of TaskManagers", taskManagers, 1);
    atLeast("task slots", taskSlots, 1);
  }

  private static void atLeast(String what, int value, int least) {
    if (value < least) {
      throw new StackException(
          "Size %d of %s is too small".formatted(value, what), "set at least " + least);
    }
  }
}

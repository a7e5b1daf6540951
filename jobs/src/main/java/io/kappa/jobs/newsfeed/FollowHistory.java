package io.kappa.jobs.newsfeed;

import java.util.Arrays;

/**
 * When somebody began and ceased to follow an author, in the order of event time. Two arrays, as
 * that's the smallest form of a list of pairs on disk.
 *
 * @param ats when something changed, in milliseconds, ascending, each moment once
 * @param active whether they follow from then on
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed once built
public record FollowHistory(long[] ats, boolean[] active) {

  static final FollowHistory NONE = new FollowHistory(new long[0], new boolean[0]);

  int size() {
    return ats.length;
  }

  /** Whether they follow at that moment. */
  boolean followsAt(long at) {
    int last = lastUpTo(at);
    return last >= 0 && active[last];
  }

  /**
   * With one more event. Of two at one moment, ceasing to follow counts, whichever is read first.
   */
  FollowHistory with(long at, boolean follows) {
    int last = lastUpTo(at);
    if (last >= 0 && ats[last] == at) {
      return replaced(last, active[last] && follows);
    }
    int place = last + 1;
    long[] newAts = new long[size() + 1];
    boolean[] newActive = new boolean[size() + 1];
    System.arraycopy(ats, 0, newAts, 0, place);
    System.arraycopy(active, 0, newActive, 0, place);
    newAts[place] = at;
    newActive[place] = follows;
    System.arraycopy(ats, place, newAts, place + 1, size() - place);
    System.arraycopy(active, place, newActive, place + 1, size() - place);
    return new FollowHistory(newAts, newActive);
  }

  private FollowHistory replaced(int place, boolean follows) {
    if (active[place] == follows) {
      return this;
    }
    boolean[] changed = active.clone();
    changed[place] = follows;
    return new FollowHistory(ats, changed);
  }

  /**
   * What is still needed once no post up to that moment can come any more: the state at that moment
   * and what came after. Empty if that is nothing but not to follow.
   */
  FollowHistory after(long watermark) {
    int from = Math.max(0, lastUpTo(watermark));
    if (from < size() && ats[from] <= watermark && !active[from]) {
      from++;
    }
    return from == 0
        ? this
        : new FollowHistory(
            Arrays.copyOfRange(ats, from, size()), Arrays.copyOfRange(active, from, size()));
  }

  private int lastUpTo(long at) {
    int found = Arrays.binarySearch(ats, at);
    return found >= 0 ? found : -found - 2;
  }
}

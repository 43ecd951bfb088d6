package com.shivx.models.outcome;

import com.shivx.drift.accuracy.AccuracyCounts;
import java.util.List;

/**
 * How right a version was in a window of event time.
 *
 * @param key whose accuracy it is
 * @param windowStartMicros first microsecond of the window
 * @param windowEndMicros first microsecond after it
 * @param counts outcomes that were decided in it; all zero if there were none
 * @param votes slices that voted in it, by champion; empty of a champion
 */
public record AccuracyRow(
        AccuracyKey key,
        long windowStartMicros,
        long windowEndMicros,
        AccuracyCounts counts,
        List<VoteCount> votes) {}

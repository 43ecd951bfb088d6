package com.shivx.models.outcome;

import com.shivx.drift.accuracy.AccuracyCounts;
import org.jspecify.annotations.Nullable;

/**
 * What some outcomes or votes add to a version's accuracy; parts of the same add up.
 *
 * @param key whose accuracy it is
 * @param windowStartMicros the window of the counts, by when outcomes were decided; 0 of votes
 * @param counts outcomes; null of votes
 * @param champion the version that was champion; null of outcomes
 * @param slice slice of a horizon that was voted in; 0 of outcomes
 * @param votes sum of the signs of symbols; 0 of outcomes
 */
public record AccuracyPart(
        AccuracyKey key,
        long windowStartMicros,
        @Nullable AccuracyCounts counts,
        @Nullable String champion,
        long slice,
        int votes) {

    /** Of outcomes. */
    public static AccuracyPart ofCounts(
            AccuracyKey key, long windowStartMicros, AccuracyCounts counts) {
        return new AccuracyPart(key, windowStartMicros, counts, null, 0, 0);
    }

    /** Of votes. */
    public static AccuracyPart ofVotes(AccuracyKey key, String champion, long slice, int votes) {
        return new AccuracyPart(key, 0, null, champion, slice, votes);
    }
}

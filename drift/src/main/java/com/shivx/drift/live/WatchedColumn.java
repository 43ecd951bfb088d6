package com.shivx.drift.live;

/**
 * What is known of a column beside its reference.
 *
 * @param watching how it is watched
 * @param least what lies below is out of range; NaN for the reference's least
 * @param greatest what lies above is out of range; NaN for the reference's greatest
 * @param importance for the model, in any unit that all columns share, 0 or more; NaN if unknown
 */
public record WatchedColumn(Watching watching, double least, double greatest, double importance) {

    /** By its distribution, within the range of the reference. */
    public static final WatchedColumn BY_DISTRIBUTION =
            new WatchedColumn(Watching.DISTRIBUTION, Double.NaN, Double.NaN, Double.NaN);

    public WatchedColumn {
        if (least > greatest) {
            throw new IllegalArgumentException(
                    "a range from %s to %s holds nothing; name the lesser end first"
                            .formatted(least, greatest));
        }
        if (importance < 0 || Double.isInfinite(importance)) {
            throw new IllegalArgumentException(
                    "importance must be 0 or more, or NaN if it is unknown, not %s"
                            .formatted(importance));
        }
    }
}

package com.shivx.models.outcome;

/**
 * How slices of a horizon voted between two versions.
 *
 * @param champion the version that was champion
 * @param better slices for the challenger
 * @param worse slices for the champion
 * @param even slices for neither
 */
public record VoteCount(String champion, long better, long worse, long even) {

    /** None yet. */
    public static VoteCount none(String champion) {
        return new VoteCount(champion, 0, 0, 0);
    }

    /** One more, by the sum of its symbols' signs. */
    public VoteCount plus(int sum) {
        return new VoteCount(
                champion,
                better + (sum > 0 ? 1 : 0),
                worse + (sum < 0 ? 1 : 0),
                even + (sum == 0 ? 1 : 0));
    }
}

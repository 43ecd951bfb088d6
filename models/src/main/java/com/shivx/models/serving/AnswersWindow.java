package com.shivx.models.serving;

/**
 * Answers of a version that are judged together. Public fields, because it lives in checkpoints.
 */
public final class AnswersWindow {

    /** Since when. */
    public WindowSpan span = new WindowSpan();

    /** What became of vectors. */
    public AnswerCounts answers = new AnswerCounts();

    void take(ServingPart part, ServingCounts counts) {
        span.take(part);
        answers.add(counts.answers);
    }
}

package com.shivx.models.serving;

/**
 * What is remembered of how a version serves. Its all-zero self has served nothing. Public fields,
 * because it lives in checkpoints.
 */
public final class VersionServing {

    /** Its answers since they were judged last. */
    public AnswersWindow answers = new AnswersWindow();

    /** Its calls beside the champion's since they were judged last; none of the champion. */
    public CallsWindow calls = new CallsWindow();

    /** Too many answers are none. */
    public StandingAlarm invalidOutput = new StandingAlarm();

    /** Too many calls fail. */
    public StandingAlarm errors = new StandingAlarm();

    /** Calls take too long beside the champion's. */
    public StandingAlarm inferenceTime = new StandingAlarm();
}

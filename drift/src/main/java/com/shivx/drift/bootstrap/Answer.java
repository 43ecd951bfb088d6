package com.shivx.drift.bootstrap;

/** What an interval says of zero. */
public enum Answer {
    /** The interval lies above zero. */
    ABOVE,
    /** The interval lies below zero. */
    BELOW,
    /** The interval holds zero: no difference was shown. */
    NOT_SHOWN,
    /** Too few blocks for any interval: nothing can be said. */
    INCONCLUSIVE
}

package com.shivx.models;

/** What a prediction tells a trader to do. */
public enum Action {
    BUY,
    HOLD,
    SELL
}

package com.shivx.models;

/** The part a model version plays in a deployment. */
public enum Role {
    /** Serves what no canary serves. */
    CHAMPION,
    /** Serves its share of the vectors. */
    CANARY,
    /** Scores every vector and serves none. */
    SHADOW
}

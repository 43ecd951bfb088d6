package com.shivx.models.training.export;

import com.shivx.models.contract.ModelArtifact;

/**
 * A model's file that answers as the model does.
 *
 * @param artifact the file with its contract
 * @param rows rows that both have answered
 * @param largestDifference the most that they were apart in any number: in probability, or in the
 *     target's unit
 */
public record CheckedExport(ModelArtifact artifact, int rows, double largestDifference) {}

package com.shivx.models.validation;

import java.util.List;

/**
 * What became of one fold of several.
 *
 * @param spans where its rows came from
 * @param rows how many it was judged by
 * @param blocks how many blocks they make
 * @param figures what its model reached
 * @param differences from its rivals on its own rows
 */
public record FoldReport(
        Spans spans, int rows, int blocks, Figures figures, List<Difference> differences) {

    public FoldReport {
        differences = List.copyOf(differences);
    }
}

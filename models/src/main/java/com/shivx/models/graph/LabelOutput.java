package com.shivx.models.graph;

import java.util.List;

/**
 * The output that holds the label a model gives each row.
 *
 * @param name the output
 * @param labels those it chooses from, in the order of the classes; empty where the graph does not
 *     show it
 */
public record LabelOutput(String name, List<String> labels) {

    /** The class of a label; −1 of one that is none of them. */
    public int classOf(String label) {
        return labels.indexOf(label);
    }
}

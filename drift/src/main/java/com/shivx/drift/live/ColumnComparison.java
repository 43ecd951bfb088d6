package com.shivx.drift.live;

import com.shivx.drift.reference.Psi;

/**
 * A column of a window beside its reference. Shares and distances are of rows reweighted to the
 * reference's mix of symbols.
 *
 * @param rows with a value, as they came
 * @param below those of them below the range
 * @param above those above it
 * @param weightedRows how many equally weighted rows tell as much, {@code (Σw)²/Σw²} over those
 *     with a value (L. Kish, "Survey Sampling", 1965): a symbol that has few rows and stands for
 *     many makes them fewer
 * @param missingShare of all rows; NaN without rows
 * @param ks D; NaN without values on either side
 * @param psi with the bin of what is missing
 */
record ColumnComparison(
        long rows,
        long below,
        long above,
        double weightedRows,
        double missingShare,
        double ks,
        Psi psi) {}

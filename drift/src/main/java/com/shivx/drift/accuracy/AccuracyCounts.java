package com.shivx.drift.accuracy;

/**
 * How right a model was, as counts that add up: in any order and over any split of the rows the
 * sums are the same to the bit, because they are whole numbers. Its all-zero self is no rows.
 *
 * <p>Log-loss, Brier score and confidence are kept in billionths, each row rounded once, which is
 * exact to 10⁻⁹ a row and holds 10⁸ rows.
 *
 * <p>Public fields, because it lives in checkpoints and travels between subtasks.
 */
public final class AccuracyCounts {

    /** Equal bins of confidence, of which the calibration error is made. */
    public static final int BINS = Reliability.BINS;

    private static final double BILLION = 1e9;
    private static final double MICRO = 1e6;

    /** Rows whose truth is known and whose answer is a class. */
    public long known;

    /** Those that were right. */
    public long right;

    /** Those among the known that do not overlap. */
    public long independent;

    /** Those of them that were right. */
    public long independentRight;

    /** Rows whose truth is not known. */
    public long missing;

    /** Rows whose truth is known and whose model gave no class. */
    public long unanswered;

    /** Known rows with a probability for the truth. */
    public long scored;

    /** Sum of their log-losses, in billionths of a nat. */
    public long logLossBillionths;

    /** Sum of their Brier scores, in billionths. */
    public long brierBillionths;

    /** Scored rows in each bin of confidence. */
    public long[] binRows = new long[BINS];

    /** Those of them that were right. */
    public long[] binRight = new long[BINS];

    /** Sum of their confidences, in billionths. */
    public long[] binConfidenceBillionths = new long[BINS];

    /** Rows by truth and answer: {@code confusion[truth · classes + answer]}. */
    public long[] confusion = {};

    /** Positions that were opened. */
    public long positions;

    /** What they made, in millionths of a basis point. */
    public long pnlMillionths;

    /** Rows that were acted on; none of rows that an earlier release counted. */
    public long served;

    /** Rows that were not, another version's being acted on. */
    public long unserved;

    /** The symbols that rows are of, as {@link SymbolHashes} keeps them; none of earlier rows. */
    public long[] symbolHashes = {};

    /**
     * Adds a row whose truth is known and whose answer is a class.
     *
     * @param truth class that was right, 0 to {@code classes − 1}
     * @param answer class that the model gave
     * @param classes how many there are, the same for every row
     * @param isIndependent whether it overlaps with no other row that is
     */
    public void add(int truth, int answer, int classes, boolean isIndependent) {
        if (confusion.length == 0) {
            confusion = new long[classes * classes];
        }
        if (confusion.length != classes * classes) {
            throw new IllegalArgumentException(
                    "%d classes, where rows before had %s: count them apart"
                            .formatted(classes, Math.sqrt(confusion.length)));
        }
        known++;
        confusion[truth * classes + answer]++;
        int hit = truth == answer ? 1 : 0;
        right += hit;
        if (isIndependent) {
            independent++;
            independentRight += hit;
        }
    }

    /**
     * Adds the probabilities of such a row.
     *
     * @param probabilities one a class, 0 to 1
     * @param truth place of the class that was right
     * @param answer place of the class that the model gave
     */
    public void addProbabilities(float[] probabilities, int truth, int answer) {
        double brier = 0;
        for (int i = 0; i < probabilities.length; i++) {
            double error = probabilities[i] - (i == truth ? 1 : 0);
            brier += error * error;
        }
        scored++;
        logLossBillionths +=
                billionths(-StrictMath.log(Math.max(LogLoss.CLIP, probabilities[truth])));
        brierBillionths += billionths(brier);
        double confidence = probabilities[answer];
        int bin = Reliability.bin(confidence);
        binRows[bin]++;
        binRight[bin] += truth == answer ? 1 : 0;
        binConfidenceBillionths[bin] += billionths(confidence);
    }

    /** Adds a row whose truth is not known. */
    public void addMissing() {
        missing++;
    }

    /** Adds a row whose truth is known and whose model gave no class. */
    public void addUnanswered() {
        unanswered++;
    }

    /**
     * Adds what a position made.
     *
     * @param bps basis points; finite
     */
    public void addPosition(double bps) {
        positions++;
        pnlMillionths += Math.round(bps * MICRO);
    }

    /**
     * Adds what a row is of, whether its truth is known or not.
     *
     * @param symbolHash of its symbol, by {@link SymbolHashes#of}
     * @param isServed whether it was acted on
     */
    public void addSource(long symbolHash, boolean isServed) {
        addSymbol(symbolHash);
        if (isServed) {
            served++;
        } else {
            unserved++;
        }
    }

    /** Adds a symbol that rows are of, by its hash. */
    public void addSymbol(long hash) {
        symbolHashes = SymbolHashes.with(hash, symbolHashes);
    }

    /** Adds all rows of the other. */
    public void add(AccuracyCounts other) {
        known += other.known;
        right += other.right;
        independent += other.independent;
        independentRight += other.independentRight;
        missing += other.missing;
        unanswered += other.unanswered;
        scored += other.scored;
        logLossBillionths += other.logLossBillionths;
        brierBillionths += other.brierBillionths;
        positions += other.positions;
        pnlMillionths += other.pnlMillionths;
        served += other.served;
        unserved += other.unserved;
        symbolHashes = SymbolHashes.union(symbolHashes, other.symbolHashes);
        addAll(binRows, other.binRows);
        addAll(binRight, other.binRight);
        addAll(binConfidenceBillionths, other.binConfidenceBillionths);
        if (confusion.length == 0) {
            confusion = other.confusion.clone();
        } else if (other.confusion.length > 0) {
            addAll(confusion, other.confusion);
        }
    }

    /** Share of known rows that were right; NaN without any. */
    public double accuracy() {
        return (double) right / known;
    }

    /** The interval of the share of right ones, from rows that do not overlap. */
    public WilsonInterval accuracyInterval() {
        return WilsonInterval.of(independentRight, independent, WilsonInterval.Z_95);
    }

    /** Share of rows whose truth is known; NaN without any row. */
    public double coverage() {
        long told = known + unanswered;
        return (double) told / (told + missing);
    }

    /** Mean of {@code −ln p(truth)}, in nats; 0 or more; NaN without a scored row. */
    public double logLoss() {
        return logLossBillionths / BILLION / scored;
    }

    /** Mean of {@code Σ(p − 1{truth})²} over the classes; 0 to 2; NaN without a scored row. */
    public double brier() {
        return brierBillionths / BILLION / scored;
    }

    /**
     * Expected calibration error of the class that was given: {@code Σ|right − Σ confidence| /
     * rows} over ten equal bins of confidence; 0 to 1; NaN without a scored row (Naeini, Cooper and
     * Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", 2015).
     */
    public double calibrationError() {
        double sum = 0;
        for (int i = 0; i < BINS; i++) {
            sum += Math.abs(binRight[i] - binConfidenceBillionths[i] / BILLION);
        }
        return sum / scored;
    }

    /** Sum of what positions made, in basis points. */
    public double pnlBps() {
        return pnlMillionths / MICRO;
    }

    /**
     * How many symbols the rows are of: exact below {@link SymbolHashes#MOST}, which stands for as
     * many or more; 0 without a row, and where it was not counted.
     */
    public int symbols() {
        return symbolHashes.length;
    }

    /**
     * Share of rows that were acted on, 0 to 1; NaN without a row, and where it was not counted.
     */
    public double servedShare() {
        return (double) served / (served + unserved);
    }

    private static long billionths(double value) {
        return Math.round(value * BILLION);
    }

    private static void addAll(long[] sums, long[] others) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += others[i];
        }
    }
}

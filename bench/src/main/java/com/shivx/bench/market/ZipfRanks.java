package com.shivx.bench.market;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Ranks 0 to n − 1, the k-th drawn with probability (1/(k+1)) / H(n): Zipf's law with exponent 1. A
 * draw costs the same however many there are (Walker's alias method, Vose's construction).
 */
final class ZipfRanks {

    private final double[] kept;
    private final int[] alias;

    ZipfRanks(int ranks) {
        double[] share = new double[ranks];
        double harmonic = 0;
        for (int k = 0; k < ranks; k++) {
            share[k] = 1.0 / (k + 1);
            harmonic += share[k];
        }
        for (int k = 0; k < ranks; k++) {
            share[k] *= ranks / harmonic;
        }
        kept = new double[ranks];
        alias = new int[ranks];
        Arrays.fill(kept, 1);
        share(share);
    }

    /** Fills every column of the table to 1: the small ones with what the large ones have over. */
    private void share(double[] share) {
        int[] small = new int[share.length];
        int[] large = new int[share.length];
        int smalls = 0;
        int larges = 0;
        for (int k = 0; k < share.length; k++) {
            if (share[k] < 1) {
                small[smalls++] = k;
            } else {
                large[larges++] = k;
            }
        }
        while (smalls > 0 && larges > 0) {
            int under = small[--smalls];
            int over = large[--larges];
            kept[under] = share[under];
            alias[under] = over;
            share[over] -= 1 - share[under];
            if (share[over] < 1) {
                small[smalls++] = over;
            } else {
                large[larges++] = over;
            }
        }
    }

    int draw(SplittableRandom random) {
        double place = random.nextDouble() * kept.length;
        int column = (int) place;
        return place - column < kept[column] ? column : alias[column];
    }
}

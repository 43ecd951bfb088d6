package com.shivx.models.training.xgboost;

import com.shivx.models.training.TrainingException;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Calls into XGBoost's own code, whose errors become ones that say what to do. */
final class NativeLibrary {

    private NativeLibrary() {}

    /** A call. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws XGBoostError;
    }

    /**
     * Makes a call.
     *
     * @throws TrainingException if the library cannot be loaded on this machine, or refuses
     */
    static <T> T call(Call<T> call) throws TrainingException {
        try {
            return call.run();
        } catch (LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new TrainingException(
                    "XGBoost's native library cannot be loaded on %s %s: %s"
                            .formatted(
                                    System.getProperty("os.name"),
                                    System.getProperty("os.arch"),
                                    firstLine(cause)),
                    "train on Linux with glibc, macOS or Windows, or with --trainer linear",
                    e);
        } catch (XGBoostError e) {
            throw new TrainingException(
                    "XGBoost refuses: " + firstLine(e), "correct the rows or parameters", e);
        }
    }

    /** Without the native stack that XGBoost puts below its message. */
    private static String firstLine(Throwable error) {
        return String.valueOf(error.getMessage()).strip().lines().findFirst().orElse("");
    }
}

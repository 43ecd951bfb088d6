package com.shivx.jobs.files;

/**
 * Hears how far the inspection of files has come: after every 65,536 rows, and at the end of each
 * file.
 */
public interface InspectionProgress {

    /** For those who do not want to know. */
    InspectionProgress NONE = (file, rows, bytesRead, bytesTotal) -> {};

    /**
     * Called from the inspecting thread.
     *
     * @param file the file being read
     * @param rows rows read of all files so far
     * @param bytesRead bytes read of all files so far, as they lie on disk
     * @param bytesTotal bytes of all files
     */
    void onRows(TickFile file, long rows, long bytesRead, long bytesTotal);
}

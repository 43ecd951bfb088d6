package com.shivx.jobs.files;

/**
 * What one pass over a file has shown.
 *
 * @param file the file
 * @param rows its rows
 * @param firstKey place in time of its first row
 * @param rowsBefore rows that count before its first, see {@link RowNumbering}
 */
record InspectedFile(TickFile file, long rows, long firstKey, long rowsBefore) {}

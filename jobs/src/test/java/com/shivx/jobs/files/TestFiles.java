package com.shivx.jobs.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes files of ticks and reads them. */
final class TestFiles {

    static final String CSV_HEADER =
            "symbol,kind,event_time_micros,received_micros,sequence,price,size,aggressor,bid_price,bid_size,ask_price,ask_size\n";

    private TestFiles() {}

    static Path write(Path folder, String name, String text) throws IOException {
        return write(folder, name, text.getBytes(StandardCharsets.UTF_8));
    }

    static Path write(Path folder, String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** A zip file of entries, given as name and text in turn. */
    static byte[] zip(String... namesAndTexts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                out.putNextEntry(new ZipEntry(namesAndTexts[i]));
                out.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    /** A quote of our CSV, received a millisecond after the event. */
    static String csvQuote(String symbol, long micros) {
        return symbol + ",QUOTE," + micros + ',' + (micros + 1_000) + ",,,,,1,1,2,1\n";
    }

    static TickTape inspect(TickFileOptions options, Path... paths) throws IOException {
        return TickFiles.find(List.of(paths), options).inspect(InspectionProgress.NONE);
    }

    static TickTape inspect(Path... paths) throws IOException {
        return inspect(TickFileOptions.NONE, paths);
    }

    static List<TickRow> rows(Path... paths) throws IOException {
        return rows(inspect(paths));
    }

    static List<TickRow> rows(TickTape tape) throws IOException {
        List<TickRow> rows = new ArrayList<>();
        try (TickRows open = tape.open()) {
            for (TickRow row = open.next(); row != null; row = open.next()) {
                rows.add(row);
            }
        }
        return rows;
    }
}

package com.shivx.models.training.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Reads what a program says, line by line, in a thread of its own: one that is not read stands
 * still when its pipe is full. Whoever waits fetches the lines; the last are kept for the error.
 * Lines without end are cut, and lines that nobody fetches in time are dropped.
 */
final class OutputLines implements Runnable {

    private static final int KEPT = 20;
    private static final int WAITING = 1000;
    private static final int MOST_CHARACTERS = 500;

    private final InputStream stream;
    private final Deque<String> last = new ArrayDeque<>();
    private final Deque<String> waiting = new ArrayDeque<>();
    private final StringBuilder line = new StringBuilder();

    OutputLines(InputStream stream) {
        this.stream = stream;
    }

    @Override
    public void run() {
        try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            char[] buffer = new char[4096];
            for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    take(buffer[i]);
                }
            }
        } catch (IOException e) {
            // The program was killed, and its pipe closed with it: what it said is kept.
        }
        end();
    }

    private void take(char character) {
        // A progress bar rewrites its line with a carriage return.
        if (character == '\n' || character == '\r') {
            end();
        } else if (line.length() < MOST_CHARACTERS) {
            line.append(character);
        }
    }

    private void end() {
        String text = line.toString().strip();
        line.setLength(0);
        if (!text.isEmpty()) {
            keep(text, last, KEPT);
            keep(text, waiting, WAITING);
        }
    }

    private synchronized void keep(String text, Deque<String> lines, int most) {
        if (lines.size() == most) {
            lines.removeFirst();
        }
        lines.addLast(text);
    }

    /** What it has said since the last call. */
    synchronized List<String> fetch() {
        List<String> lines = new ArrayList<>(waiting);
        waiting.clear();
        return lines;
    }

    /** What it said last, oldest first. */
    synchronized List<String> last() {
        return new ArrayList<>(last);
    }
}

package com.shivx.models.deployment;

import java.util.regex.Pattern;

/**
 * A pattern of symbols: {@code *} stands for any characters, {@code ?} for one, everything else for
 * itself.
 */
public final class SymbolGlob {

    private final boolean all;
    private final Pattern pattern;

    /** Any text is a glob. */
    public SymbolGlob(String glob) {
        all = glob.equals(Deployment.ALL_SYMBOLS);
        StringBuilder regex = new StringBuilder();
        // Runs of stars are one, so that no pattern takes a long time to fail.
        glob.replaceAll("\\*+", "*")
                .chars()
                .forEach(
                        c ->
                                regex.append(
                                        switch (c) {
                                            case '*' -> ".*";
                                            case '?' -> ".";
                                            default -> Pattern.quote(String.valueOf((char) c));
                                        }));
        pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /** Whether it stands for that symbol. */
    public boolean matches(String symbol) {
        return all || pattern.matcher(symbol).matches();
    }
}

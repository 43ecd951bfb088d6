package com.shivx.cli;

import java.util.EnumSet;
import java.util.Locale;
import org.apache.flink.configuration.description.Formatter;
import org.apache.flink.configuration.description.TextElement.TextStyle;

/** The description of an option as plain text; Flink itself brings HTML only. */
final class PlainFormatter extends Formatter {

    @Override
    protected void formatLink(StringBuilder text, String link, String description) {
        text.append(description);
    }

    @Override
    protected void formatLineBreak(StringBuilder text) {
        text.append(' ');
    }

    @Override
    protected void formatText(
            StringBuilder text, String format, String[] elements, EnumSet<TextStyle> styles) {
        text.append(String.format(Locale.ROOT, format, (Object[]) elements));
    }

    @Override
    protected void formatList(StringBuilder text, String[] entries) {
        text.append(String.join(", ", entries));
    }

    @Override
    protected Formatter newInstance() {
        return new PlainFormatter();
    }
}

package com.shivx.models.validation.report;

import java.util.Locale;

/** A picture in SVG, drawn in its own pixels, coloured by the page's style sheet. */
final class Svg {

    private final StringBuilder body = new StringBuilder();
    private final int width;
    private final int height;
    private final String label;

    /**
     * Empty.
     *
     * @param label what it shows, for those who do not see it
     */
    Svg(int width, int height, String label) {
        this.width = width;
        this.height = height;
        this.label = label;
    }

    Svg line(double x1, double y1, double x2, double y2, String style) {
        return add(
                "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' class='%s'/>",
                x1, y1, x2, y2, style);
    }

    Svg rectangle(double x, double y, double w, double h, String style) {
        return add(
                "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' class='%s'/>",
                x, y, w, h, style);
    }

    /** A rectangle of a strength between 0 and 1. */
    Svg shade(double x, double y, double w, double h, double strength) {
        return add(
                "<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' class='shade' fill-opacity='%.3f'/>",
                x, y, w, h, strength);
    }

    Svg dot(double x, double y, double radius, String style) {
        return add("<circle cx='%.1f' cy='%.1f' r='%.1f' class='%s'/>", x, y, radius, style);
    }

    /**
     * A text that begins, ends or is centred at a place ({@code start}, {@code end}, {@code
     * middle}).
     */
    Svg text(double x, double y, String anchor, String style, String text) {
        return add(
                "<text x='%.1f' y='%.1f' text-anchor='%s' class='%s'>%s</text>",
                x, y, anchor, style, Html.escaped(text));
    }

    /** A line through points; NaN breaks it. */
    Svg path(double[] x, double[] y, String style) {
        StringBuilder path = new StringBuilder();
        boolean down = false;
        for (int i = 0; i < x.length; i++) {
            if (Double.isFinite(x[i]) && Double.isFinite(y[i])) {
                path.append(
                        String.format(Locale.ROOT, "%s%.1f %.1f", down ? "L" : "M", x[i], y[i]));
                down = true;
            } else {
                down = false;
            }
        }
        return add("<path d='%s' class='%s'/>", path, style);
    }

    private Svg add(String format, Object... values) {
        body.append(String.format(Locale.ROOT, format, values));
        return this;
    }

    @Override
    public String toString() {
        return "<svg viewBox='0 0 %d %d' role='img' aria-label='%s'>%s</svg>"
                .formatted(width, height, Html.escaped(label), body);
    }
}

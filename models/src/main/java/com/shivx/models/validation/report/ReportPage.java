package com.shivx.models.validation.report;

import com.shivx.models.validation.Series;
import java.util.List;

/**
 * A page of tables and courses over time, in the style of {@link HtmlReport}: it asks nobody for
 * anything.
 */
public final class ReportPage {

    private final StringBuilder page = new StringBuilder();

    /**
     * Begins a page.
     *
     * @param subtitle what it is of, one line
     */
    public ReportPage(String title, String subtitle) {
        page.append("<!doctype html><html lang='en'><head><meta charset='utf-8'>")
                .append("<meta name='viewport' content='width=device-width,initial-scale=1'>")
                .append("<title>")
                .append(Html.escaped(title))
                .append("</title><style>")
                .append(HtmlReport.STYLE)
                .append("</style></head><body><main><h1>")
                .append(Html.escaped(title))
                .append("</h1><p class='sub'>")
                .append(Html.escaped(subtitle))
                .append("</p><div class='grid'>");
    }

    /**
     * A table in a card of its own.
     *
     * @param rows each as many cells as the header
     */
    public ReportPage table(String title, List<String> header, List<List<String>> rows) {
        StringBuilder table = new StringBuilder("<table>");
        row(table, "th", header);
        rows.forEach(cells -> row(table, "td", cells));
        HtmlReport.card(page, Html.escaped(title), table.append("</table>").toString());
        return this;
    }

    /**
     * Lines over time in a card of their own.
     *
     * @param unit of the values
     * @param lines of the same times, one at least
     */
    public ReportPage course(String title, String unit, List<Series> lines) {
        HtmlReport.card(page, Html.escaped(title), HtmlReport.course(title, unit, lines));
        return this;
    }

    private static void row(StringBuilder table, String cell, List<String> cells) {
        table.append("<tr>");
        for (String text : cells) {
            table.append('<').append(cell).append('>').append(Html.escaped(text));
            table.append("</").append(cell).append('>');
        }
        table.append("</tr>");
    }

    /** The whole page. */
    public String html() {
        return page + "</div></main></body></html>\n";
    }
}

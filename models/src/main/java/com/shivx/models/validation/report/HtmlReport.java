package com.shivx.models.validation.report;

import com.shivx.drift.bootstrap.Answer;
import com.shivx.models.Counted;
import com.shivx.models.validation.Difference;
import com.shivx.models.validation.Series;
import com.shivx.models.validation.Span;
import com.shivx.models.validation.Spans;
import com.shivx.models.validation.ValidationReport;
import com.shivx.models.validation.Verdict;
import java.util.List;
import java.util.Locale;

/**
 * A report as one page that asks nobody for anything: style and pictures are in it, no script, no
 * font, no link. Light or dark as the reader's system is.
 */
public final class HtmlReport {

    private static final String STYLE =
            """
            :root{color-scheme:light dark;--ink:#1c2430;--soft:#667085;--paper:#fff;--card:#f7f8fa;
            --rule:#dfe3e8;--a:#2563c9;--b:#c2620e;--c:#7a4fc4;--good:#11803c;--bad:#c02626}
            @media(prefers-color-scheme:dark){:root{--ink:#e6e9ee;--soft:#98a2b3;--paper:#14181e;
            --card:#1b2129;--rule:#323a45;--a:#6ea8fe;--b:#f0a35c;--c:#b79af2;--good:#4cc27a;--bad:#f07070}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
            main{max-width:1060px;margin:0 auto;padding:28px 20px 60px}
            h1{font-size:24px;margin:0;overflow-wrap:anywhere}h2{font-size:16px;margin:0 0 8px}
            p.sub{color:var(--soft);margin:2px 0 14px}
            .verdict{display:inline-block;padding:3px 12px;border-radius:6px;font-weight:700;color:var(--paper);
            letter-spacing:.04em;margin-bottom:10px;background:var(--soft)}
            .verdict.pass{background:var(--good)}.verdict.fail{background:var(--bad)}
            ul{margin:0 0 20px;padding-left:20px}li{overflow-wrap:anywhere}
            .grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:16px}
            .grid.all{grid-template-columns:minmax(0,1fr);margin-top:16px}.all section{overflow-x:auto}
            section{background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:14px 16px;min-width:0}
            table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:14px}
            th,td{padding:4px 8px 4px 0;text-align:right;border-bottom:1px solid var(--rule)}
            td,th{white-space:nowrap}table.wide td+td{white-space:normal;overflow-wrap:anywhere}
            table.wide td:first-child{white-space:nowrap}
            th:first-child,td:first-child{text-align:left;white-space:normal}
            .legend span{white-space:nowrap}
            th{color:var(--soft);font-weight:600}tr:last-child td{border-bottom:0}
            .legend{display:flex;flex-wrap:wrap;gap:2px 14px;font-size:13px;color:var(--soft);margin:4px 0 0}
            .key{display:inline-block;width:14px;height:3px;vertical-align:middle;margin:0 5px 0 0}
            .key.a{background:var(--a)}.key.b{background:var(--b)}.key.c{background:var(--c)}
            svg{width:100%;height:auto;display:block}
            svg text{fill:var(--soft);font:12px system-ui,sans-serif}svg text.value{fill:var(--ink);font-weight:600}svg text.count{fill:var(--ink)}
            svg .grid{stroke:var(--rule);stroke-width:1}svg .guide{stroke:var(--soft);stroke-width:1;stroke-dasharray:4 3}
            svg .line{fill:none;stroke-width:2;stroke-linejoin:round}
            svg .line.a{stroke:var(--a)}svg .line.b{stroke:var(--b)}svg .line.c{stroke:var(--c)}
            svg .dot.a{fill:var(--a)}svg .dot.b{fill:var(--b)}svg .shade,svg .bar{fill:var(--a)}
            svg .whisker{stroke-width:3;stroke-linecap:round}
            svg .good{fill:var(--good);stroke:var(--good)}svg .bad{fill:var(--bad);stroke:var(--bad)}
            svg .open{fill:var(--soft);stroke:var(--soft)}
            """;

    private HtmlReport() {}

    /** The page. */
    public static String of(ValidationReport report) {
        StringBuilder page = new StringBuilder();
        String title = Html.escaped(report.model());
        page.append("<!doctype html><html lang='en'><head><meta charset='utf-8'>")
                .append("<meta name='viewport' content='width=device-width,initial-scale=1'>")
                .append("<title>")
                .append(title)
                .append(" – validation</title><style>")
                .append(STYLE)
                .append("</style></head><body><main>");
        head(page, report);
        page.append("<div class='grid'>");
        card(page, "Figures", figures(report));
        card(page, "Gains", Plots.intervals(report.differences()) + differences(report));
        card(page, "Reliability", reliability(report));
        card(
                page,
                "Confusion",
                Plots.confusion(report.figures().confusion(), report.classes()).toString());
        if (!report.pnl().isEmpty()) {
            card(page, "PnL, costs paid", course("PnL over time", "bps", report.pnl()));
        }
        if (!report.gains().isEmpty()) {
            card(
                    page,
                    "Log-loss gain over time",
                    course("log-loss gain over time", "nats", report.gains()));
        }
        if (!report.importance().isEmpty()) {
            card(page, "Importance", Plots.importance(report.importance()).toString());
        }
        card(page, "Rows", rows(report));
        if (!report.folds().isEmpty()) {
            page.append("</div><div class='grid all'>");
            card(page, "Folds", folds(report));
        }
        return page.append("</div></main></body></html>\n").toString();
    }

    private static void head(StringBuilder page, ValidationReport report) {
        Verdict verdict = report.verdict();
        String style = verdict.passes() ? "pass" : verdict == Verdict.REFUSED ? "fail" : "open";
        page.append("<div class='verdict ")
                .append(style)
                .append("'>")
                .append(verdict)
                .append("</div><h1>")
                .append(Html.escaped(report.model()))
                .append("</h1><p class='sub'>");
        String production = report.production();
        page.append(production == null ? "" : "against " + Html.escaped(production) + ", ")
                .append(
                        String.format(
                                Locale.ROOT,
                                "judged by %s of %s, horizon %s",
                                Counted.of(report.rows(), "row"),
                                Counted.of(report.symbols().size(), "symbol"),
                                Words.duration(report.horizonMicros())))
                .append("</p><ul>");
        for (String reason : report.reasons()) {
            page.append("<li>").append(Html.escaped(reason)).append("</li>");
        }
        page.append("</ul>");
    }

    private static void card(StringBuilder page, String title, String body) {
        page.append("<section><h2>")
                .append(title)
                .append("</h2>")
                .append(body)
                .append("</section>");
    }

    private static String figures(ValidationReport report) {
        boolean paired = report.productionFigures() != null;
        StringBuilder table = new StringBuilder("<table>");
        row(table, "th", paired, "", "model", "production");
        for (FigureLine line : FigureLine.of(report)) {
            row(table, "td", paired, line.name(), line.model(), line.production());
        }
        for (int c = 0; c < report.classes().size(); c++) {
            var confusion = report.figures().confusion();
            var other = report.productionFigures();
            row(
                    table,
                    "td",
                    paired,
                    report.classes().get(c) + " precision / recall",
                    Words.number(confusion.precision(c))
                            + " / "
                            + Words.number(confusion.recall(c)),
                    other == null
                            ? ""
                            : Words.number(other.confusion().precision(c))
                                    + " / "
                                    + Words.number(other.confusion().recall(c)));
        }
        return table.append("</table>").toString();
    }

    private static void row(
            StringBuilder table, String cell, boolean third, String a, String b, String c) {
        cells(table, cell, third ? List.of(a, b, c) : List.of(a, b));
    }

    private static void cells(StringBuilder table, String cell, List<String> texts) {
        table.append("<tr>");
        for (String text : texts) {
            table.append('<').append(cell).append('>').append(Html.escaped(text));
            table.append("</").append(cell).append('>');
        }
        table.append("</tr>");
    }

    private static String differences(ValidationReport report) {
        StringBuilder table = new StringBuilder("<table>");
        row(table, "th", true, "gain in", "estimate", Words.percent(report.confidence()));
        for (Difference difference : report.differences()) {
            row(
                    table,
                    "td",
                    true,
                    difference.measure().text() + " over " + difference.rival().text(),
                    Words.signed(difference.gain().estimate()),
                    difference.gain().answer() == Answer.INCONCLUSIVE
                            ? "-"
                            : Words.signed(difference.gain().lower())
                                    + " to "
                                    + Words.signed(difference.gain().upper()));
        }
        return table.append("</table>").toString();
    }

    private static String reliability(ValidationReport report) {
        String plot =
                Plots.reliability(report.figures().reliability(), report.uncalibrated()).toString();
        return report.uncalibrated() == null
                ? plot
                : plot
                        + "<p class='legend'><span><span class='key a'></span>as served</span> "
                        + "<span><span class='key b'></span>before calibration</span></p>";
    }

    private static String course(String label, String unit, List<Series> all) {
        StringBuilder body = new StringBuilder(Plots.overTime(label, unit, all).toString());
        body.append("<p class='legend'>");
        for (int i = 0; i < all.size(); i++) {
            body.append("<span><span class='key ").append(Plots.colour(i)).append("'></span>");
            body.append(Html.escaped(all.get(i).name())).append("</span> ");
        }
        return body.append("</p>").toString();
    }

    private static String folds(ValidationReport report) {
        StringBuilder table = new StringBuilder("<table>");
        List<String[]> lines = FoldLine.of(report);
        for (int i = 0; i < lines.size(); i++) {
            cells(table, i == 0 ? "th" : "td", List.of(lines.get(i)));
        }
        return table.append("</table><p class='legend'>")
                .append(FoldLine.made(report))
                .append("</p>")
                .toString();
    }

    private static String rows(ValidationReport report) {
        StringBuilder table = new StringBuilder("<table class='wide'>");
        Spans spans = report.spans();
        if (spans != null) {
            row(table, "td", false, "fit", spans.fit().toString(), "");
            row(table, "td", false, "tune", spans.tune().toString(), "");
            row(table, "td", false, "test", spans.test().toString(), "");
        }
        Span span = report.span();
        if (spans == null && span != null) {
            row(table, "td", false, "rows of", span.toString(), "");
        }
        row(
                table,
                "td",
                false,
                "blocks",
                report.blocks() + " of " + Words.duration(report.meanBlockMicros()),
                "");
        row(table, "td", false, "symbols", String.join(", ", report.symbols()), "");
        return table.append("</table>").toString();
    }
}

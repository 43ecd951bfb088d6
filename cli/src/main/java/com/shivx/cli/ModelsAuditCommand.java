package com.shivx.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.cli.console.CommandException;
import com.shivx.models.registry.Alias;
import com.shivx.models.registry.AuditEntry;
import com.shivx.models.registry.AuditLog;
import com.shivx.models.registry.ModelRegistry;
import com.shivx.models.registry.SemanticVersion;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code shivx models audit}: who changed what, and what was in production when. */
@Command(
        name = "audit",
        description =
                "Show who moved which alias of a model to which version, when and why; or what the aliases named at a time.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  shivx models audit direction",
            "  shivx models audit direction --at 2026-03-01T09:30:00Z -o json"
        })
final class ModelsAuditCommand implements Callable<Integer> {

    private static final String NONE = "-";

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "The model line, such as direction.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private String model;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "What the aliases named then, such as 2026-03-01T09:30:00Z.")
    private @Nullable String at;

    @Mixin private final RegistryInputs registry = new RegistryInputs();
    @Mixin private final OutputFormat format = new OutputFormat();

    @Override
    public Integer call() {
        Instant time = at == null ? null : time(at);
        ModelRegistry opened = registry.open();
        AuditLog log = opened.audit(model);
        if (log.entries().isEmpty()) {
            opened.model(model);
        }
        PrintWriter out = Shivx.out(spec);
        if (time != null) {
            printStateAt(out, log, time);
        } else if (format.isJson()) {
            out.println(RegistryJson.text(RegistryJson.audit(log.entries())));
        } else {
            table(log).lines().forEach(out::println);
        }
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        opened.unaudited(model)
                .forEach(
                        (alias, version) ->
                                err.printf(
                                        "note: %s names %s now, and no entry says so: it was moved past this audit, or its mover was cut off%n",
                                        alias.word(), version));
        err.flush();
        return 0;
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new CommandException(
                    "--at is '%s', no time; write it as 2026-03-01T09:30:00Z".formatted(text), e);
        }
    }

    private static Table table(AuditLog log) {
        Table table = new Table("at", "by", "action", "alias", "from", "to", "reason");
        for (AuditEntry entry : log.entries()) {
            Alias alias = entry.alias();
            SemanticVersion from = entry.from();
            SemanticVersion to = entry.to();
            table.row(
                    entry.at().toString(),
                    entry.by(),
                    entry.action().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    alias == null ? NONE : alias.word(),
                    from == null ? NONE : from.toString(),
                    to == null ? NONE : to.toString(),
                    ModelsListCommand.orNone(entry.reason()));
        }
        return table;
    }

    private void printStateAt(PrintWriter out, AuditLog log, Instant time) {
        Map<Alias, SemanticVersion> state = log.at(time);
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("at", time.toString());
        ObjectNode aliases = json.putObject("aliases");
        Table table = new Table("alias", "version", "since", "by", "reason");
        for (Alias alias : Alias.values()) {
            SemanticVersion version = state.get(alias);
            aliases.put(alias.word(), version == null ? null : version.toString());
            // What was there before production has no entry of its own.
            Optional<AuditEntry> entry =
                    log.lastOf(alias == Alias.PREVIOUS ? Alias.PRODUCTION : alias, time);
            table.row(
                    alias.word(),
                    version == null ? NONE : version.toString(),
                    entry.map(e -> e.at().toString()).orElse(NONE),
                    entry.map(AuditEntry::by).orElse(NONE),
                    entry.map(e -> ModelsListCommand.orNone(e.reason())).orElse(NONE));
        }
        boolean isBroken = log.isBrokenAfter(Alias.PRODUCTION, time);
        json.put("moved_past_the_audit_afterwards", isBroken);
        if (format.isJson()) {
            out.println(RegistryJson.text(json));
            return;
        }
        table.lines().forEach(out::println);
        if (isBroken) {
            out.println(
                    "the next change found another version in production: somebody had moved it past this audit by then");
        }
    }
}

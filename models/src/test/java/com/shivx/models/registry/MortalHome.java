package com.shivx.models.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A home whose user dies at a write, before it or right after it: what a killed process leaves. */
public final class MortalHome implements RegistryHome {

    /** Not a {@link RegistryException}, which somebody might catch. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private final RegistryHome home;
    private int left;

    /**
     * @param writes how many it does; the next one kills
     */
    public MortalHome(RegistryHome home, int writes) {
        this.home = home;
        left = writes;
    }

    private void write() {
        if (left-- <= 0) {
            throw new Killed();
        }
    }

    @Override
    public Optional<ModelVersion> add(NewVersion version) {
        write();
        return home.add(version);
    }

    @Override
    public void setAlias(String model, Alias alias, ModelVersion version) {
        write();
        home.setAlias(model, alias, version);
    }

    @Override
    public void append(AuditEntry entry) {
        write();
        home.append(entry);
    }

    @Override
    public String uri() {
        return home.uri();
    }

    @Override
    public List<String> models() {
        return home.models();
    }

    @Override
    public List<ModelVersion> versions(String model) {
        return home.versions(model);
    }

    @Override
    public VersionFiles fetch(ModelVersion version) {
        return home.fetch(version);
    }

    @Override
    public Map<Alias, SemanticVersion> aliases(String model) {
        return home.aliases(model);
    }

    @Override
    public List<AuditEntry> audit(String model) {
        return home.audit(model);
    }

    @Override
    public List<String> problems() {
        return home.problems();
    }
}

package com.shivx.models.deployment;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which requests become deployments. A total function of the deployment in force and the request;
 * whether the file is what it shall be is told where it is loaded.
 *
 * @param allowedUris the folders that versions may come from, as URIs or absolute paths; none
 *     allows none
 */
public record DeploymentPolicy(List<String> allowedUris) implements Serializable {

    /** More shadows cost more than they tell. */
    public static final int MAX_SHADOWS = 4;

    /** A longer URI names no file. */
    private static final int MAX_URI = 2_048;

    private static final int MAX_REQUESTED_BY = 256;

    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern VERSION =
            Pattern.compile("\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?");
    private static final Pattern REQUEST_ID = Pattern.compile("[!-~]{1,128}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern GLOB = Pattern.compile("[^\\s\\p{Cntrl}]{1,256}");

    public DeploymentPolicy {
        allowedUris = List.copyOf(allowedUris);
    }

    /**
     * Whether a request names a model and itself in a form that can ever be accepted, so that
     * something is worth remembering of it.
     */
    public static boolean isWellNamed(DeploymentRequest request) {
        return isModelName(request.model()) && isRequestId(request.requestId());
    }

    /** Whether a text can be a model line's name. */
    public static boolean isModelName(String text) {
        return MODEL.matcher(text).matches();
    }

    /** Whether a text can be a request's id. */
    public static boolean isRequestId(String text) {
        return REQUEST_ID.matcher(text).matches();
    }

    /**
     * Decides.
     *
     * @param current what is deployed of the model; null if nothing is
     * @param unit what the share of a canary that begins is a share of; one that goes on keeps its
     *     own
     */
    public DeploymentDecision decide(
            @Nullable Deployment current, DeploymentRequest request, RoutingUnit unit) {
        String wrong = problem(current, request);
        if (wrong != null) {
            return DeploymentDecision.refused(wrong);
        }
        ModelRef version = request.version();
        return switch (request.mode()) {
            case NOW ->
                    DeploymentDecision.accepted(
                            next(current, request, version, null, 0, unit, List.of()));
            case CANARY, AB -> {
                if (current == null) {
                    yield needsChampion(request);
                }
                yield DeploymentDecision.accepted(
                        next(
                                current,
                                request,
                                current.champion(),
                                version,
                                request.share(),
                                unit,
                                without(current.shadows(), version)));
            }
            case SHADOW, ROLLOUT -> {
                if (current == null) {
                    yield needsChampion(request);
                }
                ModelRef canary = current.canary();
                if (request.mode() == DeploymentMode.ROLLOUT
                        && canary != null
                        && !canary.equals(version)) {
                    yield DeploymentDecision.refused(
                            "%s@%s is a canary, and a rollout needs its place; deploy it or the champion alone first (mode NOW)"
                                    .formatted(request.model(), canary.version()));
                }
                List<ModelRef> shadows = new ArrayList<>(without(current.shadows(), version));
                shadows.add(version);
                if (shadows.size() > MAX_SHADOWS) {
                    yield DeploymentDecision.refused(
                            "%s has %d shadows already, the most there may be; deploy one of them, or a champion alone, first"
                                    .formatted(request.model(), MAX_SHADOWS));
                }
                boolean wasCanary = version.equals(current.canary());
                yield DeploymentDecision.accepted(
                        next(
                                current,
                                request,
                                current.champion(),
                                wasCanary ? null : current.canary(),
                                wasCanary ? 0 : current.canaryShare(),
                                unit,
                                shadows));
            }
        };
    }

    private static DeploymentDecision needsChampion(DeploymentRequest request) {
        return DeploymentDecision.refused(
                "%s has no champion that %s %s could stand beside; deploy one first (mode NOW)"
                        .formatted(
                                request.model(),
                                request.mode().name().toLowerCase(Locale.ROOT),
                                request.version().version()));
    }

    private static Deployment next(
            @Nullable Deployment current,
            DeploymentRequest request,
            ModelRef champion,
            @Nullable ModelRef canary,
            double share,
            RoutingUnit unit,
            List<ModelRef> shadows) {
        long generation = current == null ? 1 : current.generation() + 1;
        // The same canary with another share keeps the units it has.
        Deployment goingOn =
                current != null && canary != null && canary.equals(current.canary())
                        ? current
                        : null;
        String symbols = request.symbols();
        return new Deployment(
                request.model(),
                generation,
                request.mode(),
                champion,
                canary,
                share,
                List.copyOf(shadows),
                symbols != null
                        ? symbols
                        : current != null ? current.symbols() : Deployment.ALL_SYMBOLS,
                goingOn == null ? unit : goingOn.routingUnit(),
                current == null ? Deployment.DEFAULT_SLICE_MICROS : current.routingSliceMicros(),
                goingOn == null ? request.model() + "/" + generation : goingOn.salt(),
                request.requestId());
    }

    private static List<ModelRef> without(List<ModelRef> refs, ModelRef version) {
        return refs.stream().filter(ref -> !ref.version().equals(version.version())).toList();
    }

    /** What is wrong with the request itself, one line; null if nothing is. */
    private @Nullable String problem(@Nullable Deployment current, DeploymentRequest request) {
        ModelRef version = request.version();
        long generation = current == null ? 0 : current.generation();
        Long expected = request.expectedGeneration();
        if (!MODEL.matcher(request.model()).matches()) {
            return "model name '%s' is not of [A-Za-z0-9._-], at most 128"
                    .formatted(shortened(request.model()));
        }
        if (!REQUEST_ID.matcher(request.requestId()).matches()) {
            return "request id '%s' is not of 1 to 128 visible ASCII characters"
                    .formatted(shortened(request.requestId()));
        }
        if (!VERSION.matcher(version.version()).matches()) {
            return "version '%s' is not semantic, such as 2.1.0"
                    .formatted(shortened(version.version()));
        }
        if (!SHA256.matcher(version.sha256()).matches()) {
            return "sha256 '%s' is not 64 lower-case hexadecimal digits"
                    .formatted(shortened(version.sha256()));
        }
        if (request.requestedBy().length() > MAX_REQUESTED_BY) {
            return "requested by '%s', a name of more than %d characters"
                    .formatted(shortened(request.requestedBy()), MAX_REQUESTED_BY);
        }
        if (version.uri().length() > MAX_URI) {
            return "URI '%s' has more than %d characters"
                    .formatted(shortened(version.uri()), MAX_URI);
        }
        if (allowedUris.isEmpty()) {
            return "no folder is allowed that %s could come from; name the folders models may come from (models.allowed-uris)"
                    .formatted(shortened(version.uri()));
        }
        if (allowedUris.stream().noneMatch(uri -> new UriFolder(uri).holds(version.uri()))) {
            return "%s lies outside the allowed %s; copy it there, or allow its folder (models.allowed-uris)"
                    .formatted(shortened(version.uri()), allowedUris);
        }
        if (expected != null && expected != generation) {
            return "generation %d was expected, %d is in force; look at it and ask again"
                    .formatted(expected, generation);
        }
        boolean shared =
                request.mode() == DeploymentMode.CANARY || request.mode() == DeploymentMode.AB;
        if (shared != (request.share() > 0 && request.share() < 1)) {
            return shared
                    ? "a share of %s is not above 0 and below 1".formatted(request.share())
                    : "mode %s takes no share, not %s".formatted(request.mode(), request.share());
        }
        if (request.symbols() != null && !GLOB.matcher(request.symbols()).matches()) {
            return "symbols '%s' is no glob such as spot:* of at most 256 characters"
                    .formatted(shortened(request.symbols()));
        }
        return current == null ? null : conflict(current, request);
    }

    /** A version is immutable, and plays one part. */
    private static @Nullable String conflict(Deployment current, DeploymentRequest request) {
        ModelRef version = request.version();
        for (ModelRef known : current.members().keySet()) {
            if (known.version().equals(version.version())
                    && !known.sha256().equals(version.sha256())) {
                return "%s@%s is deployed with checksum %s and cannot become %s; give the new file a version of its own"
                        .formatted(
                                request.model(),
                                version.version(),
                                known.sha256(),
                                version.sha256());
            }
        }
        if (request.mode() != DeploymentMode.NOW
                && version.version().equals(current.champion().version())) {
            return "%s@%s is the champion and cannot stand beside itself"
                    .formatted(request.model(), version.version());
        }
        return null;
    }

    /** What comes from outside is told, but not at any length and not with control characters. */
    private static String shortened(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= 200 ? printable : printable.substring(0, 200) + "…";
    }
}

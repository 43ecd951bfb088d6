package com.shivx.models.contract;

import com.shivx.models.ModelRefusedException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folders that models may come from. A name from outside is resolved as the file system would,
 * links and {@code ..} included, and what lies nowhere under an allowed folder is refused.
 */
public final class AllowedUris {

    private static final String REMEDY =
            "copy the model into an allowed folder, or allow its own (models.allowed-uris)";

    /** A letter and a colon alone are a drive. */
    private static final String URI_WITH_SCHEME = "[A-Za-z][A-Za-z0-9+.-]+:.*";

    private final List<Path> roots;

    private AllowedUris(List<Path> roots) {
        this.roots = roots;
    }

    /**
     * @param uris {@code file:} URIs or plain paths of folders that exist; those of other schemes
     *     hold no file of this machine and count for nothing here
     */
    public static AllowedUris of(List<String> uris) throws ModelRefusedException {
        List<Path> roots = new ArrayList<>();
        for (String uri : uris) {
            if (isLocal(uri)) {
                roots.add(real(uri));
            }
        }
        return new AllowedUris(List.copyOf(roots));
    }

    /** The real place of a model that may be loaded. */
    public Path resolve(String uri) throws ModelRefusedException {
        Path real = real(uri);
        if (roots.stream().noneMatch(real::startsWith)) {
            throw new ModelRefusedException(
                    uri + " lies at " + real + ", outside " + roots, REMEDY);
        }
        return real;
    }

    /** Whether it is a URI that says its scheme, and not a path. */
    public static boolean hasScheme(String uriOrPath) {
        return uriOrPath.matches(URI_WITH_SCHEME);
    }

    private static boolean isLocal(String uri) {
        return !hasScheme(uri) || uri.regionMatches(true, 0, "file:", 0, 5);
    }

    private static Path real(String uri) throws ModelRefusedException {
        try {
            URI parsed = hasScheme(uri) ? new URI(uri) : null;
            return (parsed == null ? Path.of(uri) : Path.of(parsed)).toRealPath();
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            throw new ModelRefusedException(
                    uri + " is no place of a file: " + e.getMessage(), REMEDY, e);
        } catch (IOException e) {
            throw new ModelRefusedException(
                    uri + " is not there: " + e, "name a file that exists", e);
        }
    }
}

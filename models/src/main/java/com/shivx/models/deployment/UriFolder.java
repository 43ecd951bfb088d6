package com.shivx.models.deployment;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A folder that URIs may lie below, told by their texts alone: of the same scheme and authority,
 * the path below the folder's, and no {@code ..} that could lead out of it, written out or encoded.
 * A plain absolute path is a {@code file:} URI.
 */
record UriFolder(String uri) {

    /**
     * @param root scheme and authority
     * @param path decoded
     */
    private record Place(String root, String path) {}

    boolean holds(String candidate) {
        Place folder = place(uri);
        Place file = place(candidate);
        if (folder == null || file == null || !folder.root.equals(file.root)) {
            return false;
        }
        String prefix = folder.path.endsWith("/") ? folder.path : folder.path + "/";
        return file.path.startsWith(prefix)
                && file.path.length() > prefix.length()
                && Arrays.stream(file.path.split("/", -1)).noneMatch(".."::equals);
    }

    private static @Nullable Place place(String text) {
        try {
            URI parsed = text.startsWith("/") ? new URI("file", null, text, null) : new URI(text);
            String scheme = parsed.getScheme();
            String path = parsed.getPath();
            if (scheme == null
                    || path == null
                    || parsed.getRawQuery() != null
                    || parsed.getRawFragment() != null) {
                return null;
            }
            String authority = parsed.getRawAuthority();
            return new Place(
                    scheme.toLowerCase(Locale.ROOT) + "://" + (authority == null ? "" : authority),
                    path);
        } catch (URISyntaxException e) {
            return null;
        }
    }
}

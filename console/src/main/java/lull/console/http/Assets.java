package lull.console.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import lull.runtime.Sha256;

/// Files that pages need: the stylesheet, the scripts and the icon. All are in the jar, so pages load nothing from
/// elsewhere. Immutable.
final class Assets {

    private static final Map<String, String> TYPES = Map.of(
            "assets/console.css", "text/css; charset=utf-8",
            "assets/console.js", "text/javascript; charset=utf-8",
            "assets/icon.svg", "image/svg+xml",
            "vendor/uPlot.iife.min.js", "text/javascript; charset=utf-8",
            "vendor/uPlot.min.css", "text/css; charset=utf-8");

    private final Map<String, Asset> byName = new HashMap<>();
    private final String version;

    private record Asset(String type, Content plain, Content compressed) {}

    /// Bytes that nobody changes.
    private static final class Content {
        final byte[] bytes;

        Content(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    private Assets() {
        StringBuilder digests = new StringBuilder();
        TYPES.forEach((path, type) -> {
            byte[] bytes = read(path);
            digests.append(Sha256.hex(bytes));
            byName.put(
                    path.substring(path.indexOf('/') + 1),
                    new Asset(type, new Content(bytes), new Content(compressed(bytes))));
        });
        version = Sha256.hex(digests.toString()).substring(0, 12);
    }

    static Assets load() {
        return new Assets();
    }

    /// The version that addresses of these files contain, so that browsers keep files until they change.
    String version() {
        return version;
    }

    void serve(Context context) {
        Asset asset = byName.get(context.pathParam("name"));
        if (asset == null) {
            context.status(HttpStatus.NOT_FOUND).result("There is no such file");
            return;
        }
        boolean isCompressed = String.valueOf(context.header("Accept-Encoding")).contains("gzip");
        context.header("Cache-Control", "public, max-age=31536000, immutable");
        context.header("Vary", "Accept-Encoding");
        context.contentType(asset.type());
        if (isCompressed) {
            context.header("Content-Encoding", "gzip");
        }
        context.result(isCompressed ? asset.compressed().bytes : asset.plain().bytes);
    }

    private static byte[] read(String path) {
        try (InputStream in = Assets.class.getResourceAsStream("/lull/console/" + path)) {
            if (in == null) {
                throw new IllegalStateException("The file " + path + " is missing in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + path + " cannot be read", e);
        }
    }

    private static byte[] compressed(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}

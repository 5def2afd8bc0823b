package lull.standins.s3;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lull.standins.http.StandInServer;

/// A stand-in of Amazon S3 on one local port, in memory: objects are put, got and deleted, by signed requests or
/// by presigned links, in buckets that are named in the path. Signatures are not checked, but that there is one
/// is, and so is whether a presigned link still lives.
public final class S3StandIn implements AutoCloseable {

    private static final String OBJECT = "/{bucket}/<key>";

    private final Set<String> buckets;
    private final InstantSource clock;
    private final Map<String, S3Object> objects = new ConcurrentHashMap<>();
    private final StandInServer server;

    private S3StandIn(String host, int port, InstantSource clock, Set<String> buckets) {
        this.buckets = Set.copyOf(buckets);
        this.clock = clock;
        this.server = StandInServer.start(host, port, List.of(), this::register, S3StandIn::unknown);
    }

    /// Serves these buckets.
    ///
    /// @param port 0 is any free one
    /// @param clock by which presigned links die
    /// @throws lull.runtime.CannotStart if this machine does not have the address or the port
    public static S3StandIn start(int port, InstantSource clock, Set<String> buckets) {
        return start("127.0.0.1", port, clock, buckets);
    }

    /// The same at another address of this machine.
    public static S3StandIn start(String host, int port, InstantSource clock, Set<String> buckets) {
        return new S3StandIn(host, port, clock, buckets);
    }

    public URI uri() {
        return server.uri();
    }

    /// An object; empty where there is none.
    public Optional<S3Object> find(String bucket, String key) {
        return Optional.ofNullable(objects.get(name(bucket, key)));
    }

    /// Puts an object; false where there is no such bucket.
    public boolean put(String bucket, String key, S3Object object) {
        if (!buckets.contains(bucket)) {
            return false;
        }
        objects.put(name(bucket, key), object);
        return true;
    }

    /// The keys of a bucket's objects that begin with a prefix, sorted.
    public List<String> keys(String bucket, String prefix) {
        String beginning = name(bucket, prefix);
        return objects.keySet().stream()
                .filter(name -> name.startsWith(beginning))
                .map(name -> name.substring(bucket.length() + 1))
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }

    private void register(RoutesConfig routes) {
        routes.exception(S3Exception.class, (refusal, context) -> refusal.answer(context));
        routes.put(OBJECT, this::put);
        routes.get(OBJECT, this::get);
        routes.delete(OBJECT, this::delete);
        routes.get("/{bucket}", this::list);
        routes.head("/{bucket}", this::check);
    }

    private void put(Context context) {
        check(context);
        byte[] content = AwsChunks.isChunked(context)
                ? AwsChunks.decode(context.bodyAsBytes())
                        .orElseThrow(() -> new S3Exception(400, "IncompleteBody", "The chunks do not fit together"))
                : context.bodyAsBytes();
        objects.put(
                name(context),
                new S3Object(
                        Optional.ofNullable(context.contentType()).orElse("binary/octet-stream"),
                        Optional.ofNullable(context.header("Content-Disposition"))
                                .orElse(""),
                        content));
        context.status(200);
    }

    private void get(Context context) {
        check(context);
        S3Object object = Optional.ofNullable(objects.get(name(context)))
                .orElseThrow(() -> new S3Exception(404, "NoSuchKey", "The specified key does not exist."));
        if (!object.disposition().isEmpty()) {
            context.header("Content-Disposition", object.disposition());
        }
        context.contentType(object.contentType()).result(object.content());
    }

    private void list(Context context) {
        check(context);
        String bucket = context.pathParam("bucket");
        List<String> keys =
                keys(bucket, Optional.ofNullable(context.queryParam("prefix")).orElse(""));
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult>")
                .append("<IsTruncated>false</IsTruncated><KeyCount>%d</KeyCount>".formatted(keys.size()));
        for (String key : keys) {
            find(bucket, key)
                    .ifPresent(object -> xml.append("<Contents><Key>%s</Key><Size>%d</Size></Contents>"
                            .formatted(key.replace("&", "&amp;").replace("<", "&lt;"), object.content().length)));
        }
        context.contentType("application/xml")
                .result(xml.append("</ListBucketResult>").toString());
    }

    private void delete(Context context) {
        check(context);
        objects.remove(name(context));
        context.status(204);
    }

    private void check(Context context) {
        Signed.check(context, clock);
        if (!buckets.contains(context.pathParam("bucket"))) {
            throw new S3Exception(404, "NoSuchBucket", "The specified bucket does not exist");
        }
    }

    private static String name(Context context) {
        return name(context.pathParam("bucket"), context.pathParam("key"));
    }

    private static String name(String bucket, String key) {
        return bucket + "/" + key;
    }

    private static void unknown(Context context) {
        new S3Exception(405, "MethodNotAllowed", "The stand-in knows objects only").answer(context);
    }
}

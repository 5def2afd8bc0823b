package lull.archive.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import lull.archive.erasure.ErasedFiles;
import lull.archive.erasure.Eraser;
import lull.archive.journey.Journey;
import lull.archive.journey.JourneyReader;
import lull.archive.query.AccountFactReader;
import lull.archive.query.ArchiveQueries;
import lull.archive.query.ArchiveQueries.MessageFilter;
import lull.archive.query.ChargesReader;
import lull.archive.query.Cursor;
import lull.archive.query.PageRequest;
import lull.archive.query.TimelineReader;
import lull.archive.query.TotalsReader;
import lull.archive.schema.ArchiveDatabase;
import lull.contract.KeptFile;
import lull.contract.json.Json;
import lull.contract.json.Timestamps;
import lull.media.MediaStore;
import lull.runtime.BearerTokens;
import lull.runtime.http.HttpPort;
import lull.runtime.http.InFlight;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// HTTP API of the archive: lists and searches conversations and messages, and shows journeys. Every request needs a
/// token. Safe for several threads.
public final class ArchiveServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ArchiveServer.class);

    private static final String CONVERSATIONS = "/conversations";
    private static final String CONVERSATION = "/conversations/{conversation}";
    private static final String ARCHIVED = "/conversations/{conversation}/archived";
    private static final String READ = "/conversations/{conversation}/read";
    private static final String MESSAGES = "/messages";
    private static final String SEARCH = "/search";
    private static final String TIMELINES = "/timelines";
    private static final String TOTALS = "/totals";
    private static final String CHARGES = "/charges";
    private static final String FACTS = "/account-facts";
    private static final String FAILURES = "/failures";
    private static final String CHANGES = "/changes";
    private static final String JOURNEY = "/journeys/{id}";
    private static final String ERASURES = "/erasures";
    private static final String MEDIA = "/media/{sha256}";

    private static final Duration WARNING_EVERY = Duration.ofMinutes(1);
    private static final int PAGE = 50;
    private static final Instant FAR = Timestamps.ofIso("9999-01-01T00:00:00Z").orElseThrow();
    private static final String WRONG_SPAN = "from and to are needed, at most two days apart";
    private static final String WRONG_SHARE = "share must be a number above 0 and at most 1";
    private static final int MAX_WORDS = 1000;

    private final ArchiveQueries queries;
    private final TimelineReader timelines;
    private final TotalsReader totals;
    private final ChargesReader charges;
    private final AccountFactReader facts;
    private final JourneyReader journeys;
    private final Eraser eraser;
    private final ErasedFiles erasedFiles;
    private final Optional<MediaStore> media;
    private final BearerTokens tokens;
    private final BooleanSupplier hasTables;
    private final HttpPort server;
    private final AtomicLong lastWarning = new AtomicLong(System.nanoTime() - WARNING_EVERY.toNanos());

    /// Guards that keep the process alive regardless of who connects.
    ///
    /// @param hasTables whether questions can be asked
    public record Guards(
            HttpPort.Options options,
            Optional<HttpPort.KeyStore> keyStore,
            InFlight inFlight,
            BooleanSupplier hasTables,
            MeterRegistry registry) {}

    /// What an erasure deleted, or would delete.
    ///
    /// @param filesLeft how many files of this and earlier erasures are still to be deleted from the
    ///     media store
    private record ErasureAnswer(
            List<String> related,
            List<String> contacts,
            Map<String, Long> rows,
            List<String> files,
            List<String> sharedFiles,
            int filesLeft) {}

    /// Time that is asked about, without its end.
    private record Span(Instant from, Instant to) {}

    /// Request that cannot be answered, with the reason for the client.
    private static final class BadRequest extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BadRequest(String reason) {
            super(reason);
        }
    }

    /// Handling of a request that has a valid token.
    @FunctionalInterface
    private interface Route {
        void answer(Context context);
    }

    /// Starts the port.
    ///
    /// @param media the store of files, if there is one
    public ArchiveServer(
            Guards guards,
            ArchiveQueries queries,
            TimelineReader timelines,
            TotalsReader totals,
            ChargesReader charges,
            AccountFactReader facts,
            JourneyReader journeys,
            Eraser eraser,
            ErasedFiles erasedFiles,
            Optional<MediaStore> media,
            BearerTokens tokens) {
        this.queries = queries;
        this.timelines = timelines;
        this.totals = totals;
        this.charges = charges;
        this.facts = facts;
        this.journeys = journeys;
        this.eraser = eraser;
        this.erasedFiles = erasedFiles;
        this.media = media;
        this.tokens = tokens;
        this.hasTables = guards.hasTables();
        this.server = HttpPort.start(
                guards.options(), guards.keyStore(), guards.inFlight(), guards.registry(), this::register);
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }

    private void register(RoutesConfig routes) {
        routes.get(
                CONVERSATIONS,
                context -> admitted(context, List.of("number", "archived", "limit", "after"), this::conversations));
        routes.get(CONVERSATION, context -> admitted(context, List.of(), this::conversation));
        routes.put(ARCHIVED, context -> admitted(context, List.of("by"), this::archive));
        routes.delete(ARCHIVED, context -> admitted(context, List.of(), this::unarchive));
        routes.put(READ, context -> admitted(context, List.of(), this::read));
        routes.get(
                MESSAGES,
                context -> admitted(
                        context,
                        List.of("conversation", "number", "sender", "direction", "kind", "limit", "after"),
                        it -> messages(it, Optional.empty())));
        routes.get(
                SEARCH,
                context -> admitted(
                        context,
                        List.of("words", "conversation", "number", "sender", "direction", "kind", "limit", "after"),
                        it -> messages(it, Optional.of(words(it)))));
        routes.get(
                TIMELINES,
                context ->
                        admitted(context, List.of("number", "from", "to", "share", "limit", "after"), this::timelines));
        routes.get(TOTALS, context -> admitted(context, List.of("from", "to"), this::totals));
        routes.get(
                CHARGES, context -> admitted(context, List.of("from", "to", "number", "conversation"), this::charges));
        routes.get(FACTS, context -> admitted(context, List.of("problems"), this::facts));
        routes.get(FAILURES, context -> admitted(context, List.of("limit", "after"), this::failures));
        routes.post(ERASURES, context -> admitted(context, List.of(), this::erase));
        routes.get(CHANGES, context -> admitted(context, List.of("limit", "after"), this::changes));
        routes.get(MEDIA, context -> admitted(context, List.of("conversation"), this::media));
        routes.get(JOURNEY, context -> admitted(context, List.of("from", "to"), this::journey));
    }

    private void admitted(Context context, List<String> parameters, Route route) {
        if (!tokens.isOpen()) {
            refuse(context, HttpStatus.NOT_FOUND, "The archive's API is closed: archive.tokens contains no token");
        } else if (!tokens.admits(context.header("Authorization"))) {
            context.header("WWW-Authenticate", "Bearer");
            refuse(
                    context,
                    HttpStatus.UNAUTHORIZED,
                    "A request needs the header Authorization: Bearer <token>, with a token of archive.tokens");
        } else {
            try {
                requireKnown(context, parameters);
                route.answer(context);
            } catch (BadRequest | ErasureRequest.Wrong e) {
                refuse(context, HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
            } catch (DataAccessException e) {
                context.header("Retry-After", "1");
                if (hasTables.getAsBoolean()) {
                    warn(context, e);
                    refuse(
                            context,
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "The archive's database does not answer; try again");
                } else {
                    refuse(context, HttpStatus.SERVICE_UNAVAILABLE, "The archive has no tables yet; try again");
                }
            }
        }
    }

    /// Writes once in a minute why the database does not answer. Paths may contain numbers of customers, so it names
    /// the
    /// route.
    private void warn(Context context, DataAccessException failure) {
        long now = System.nanoTime();
        long last = lastWarning.get();
        if (now - last >= WARNING_EVERY.toNanos() && lastWarning.compareAndSet(last, now)) {
            log.atWarn()
                    .addKeyValue("route", context.endpoint().path)
                    .addKeyValue("error", ArchiveDatabase.reason(failure))
                    .log("A question to the archive could not be answered");
        }
    }

    /// Refuses any other parameter of the address: a misspelt one would show more than was meant.
    private static void requireKnown(Context context, List<String> known) {
        for (Map.Entry<String, List<String>> parameter : context.queryParamMap().entrySet()) {
            if (!known.contains(parameter.getKey())) {
                throw new BadRequest("Unknown parameter " + parameter.getKey() + " of the address: "
                        + (known.isEmpty() ? "it has none" : "it may have " + String.join(", ", known)));
            }
            if (parameter.getValue().size() > 1) {
                throw new BadRequest("The parameter " + parameter.getKey() + " is there more than once");
            }
        }
    }

    private void conversations(Context context) {
        Optional<Boolean> archived = flag(context, "archived");
        json(context, queries.conversations(parameter(context, "number"), archived, page(context, 1)));
    }

    private void conversation(Context context) {
        show(context, context.pathParam("conversation"));
    }

    private void archive(Context context) {
        String key = known(context);
        queries.archive(key, parameter(context, "by").orElse("unknown"));
        show(context, key);
    }

    private void unarchive(Context context) {
        String key = known(context);
        queries.unarchive(key);
        show(context, key);
    }

    private void read(Context context) {
        String key = known(context);
        queries.read(key);
        show(context, key);
    }

    private String known(Context context) {
        String key = context.pathParam("conversation");
        if (queries.conversation(key).isEmpty()) {
            throw new BadRequest("The archive has no such conversation");
        }
        return key;
    }

    private void show(Context context, String key) {
        Optional<? extends Object> conversation = queries.conversation(key);
        if (conversation.isPresent()) {
            json(context, conversation.get());
        } else {
            refuse(context, HttpStatus.NOT_FOUND, "The archive has no such conversation");
        }
    }

    private static String words(Context context) {
        return parameter(context, "words")
                // PostgreSQL has no such character.
                .map(words -> words.replace('\0', ' '))
                .filter(words -> words.length() <= MAX_WORDS)
                .orElseThrow(() -> new BadRequest("words is needed, with up to " + MAX_WORDS + " characters"));
    }

    private void messages(Context context, Optional<String> words) {
        Optional<String> direction = parameter(context, "direction");
        if (direction.isPresent() && !List.of("in", "out").contains(direction.get())) {
            throw new BadRequest("direction must be in or out");
        }
        json(
                context,
                queries.messages(
                        new MessageFilter(
                                parameter(context, "conversation"),
                                parameter(context, "number"),
                                parameter(context, "sender"),
                                direction,
                                parameter(context, "kind"),
                                words),
                        page(context, 1)));
    }

    private void timelines(Context context) {
        json(
                context,
                timelines.page(
                        new TimelineReader.Filter(
                                parameter(context, "number"),
                                time(context, "from").orElse(Instant.EPOCH),
                                time(context, "to").orElse(FAR),
                                parameter(context, "share")
                                        .map(ArchiveServer::share)
                                        .orElse(1.0)),
                        page(context, 1)));
    }

    private void totals(Context context) {
        Span span = span(context);
        json(context, totals.of(span.from(), span.to()));
    }

    private void charges(Context context) {
        Span span = span(context);
        json(
                context,
                charges.read(new ChargesReader.Question(
                        span.from(), span.to(), parameter(context, "number"), parameter(context, "conversation"))));
    }

    private static Span span(Context context) {
        Instant from = time(context, "from").orElseThrow(() -> new BadRequest(WRONG_SPAN));
        Instant to = time(context, "to").orElseThrow(() -> new BadRequest(WRONG_SPAN));
        if (to.isBefore(from) || Duration.between(from, to).compareTo(TotalsReader.MAX_SPAN) > 0) {
            throw new BadRequest(WRONG_SPAN);
        }
        return new Span(from, to);
    }

    private void facts(Context context) {
        json(context, facts.read(flag(context, "problems").orElse(false)));
    }

    private static Optional<Boolean> flag(Context context, String name) {
        return parameter(context, name).map(text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadRequest(name + " must be true or false");
        });
    }

    private static double share(String text) {
        try {
            double share = Double.parseDouble(text);
            if (share > 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw new BadRequest(WRONG_SHARE);
        }
        throw new BadRequest(WRONG_SHARE);
    }

    private void failures(Context context) {
        json(context, queries.failures(page(context, 2)));
    }

    private void changes(Context context) {
        json(context, queries.changes(page(context, 1)));
    }

    private void journey(Context context) {
        String id = context.pathParam("id");
        Optional<Instant> from = time(context, "from");
        Optional<Instant> to = time(context, "to");
        if (from.isPresent() != to.isPresent()) {
            throw new BadRequest("from and to are needed together");
        }
        Journey journey =
                from.isPresent() ? journeys.ofCustomer(id, from.orElseThrow(), to.orElseThrow()) : journeys.ofId(id);
        if (journey.steps().isEmpty()) {
            refuse(
                    context,
                    HttpStatus.NOT_FOUND,
                    "The archive has no record with this id. For a phone number give from and to");
        } else {
            json(context, journey);
        }
    }

    private void erase(Context context) {
        Eraser.Request request = ErasureRequest.read(context.bodyAsBytes());
        Eraser.Erased erased = eraser.erase(request);
        json(
                context,
                new ErasureAnswer(
                        erased.related(),
                        erased.contacts(),
                        erased.rows(),
                        erased.files(),
                        erased.sharedFiles(),
                        request.isDryRun() ? erasedFiles.left() : erasedFiles.delete()));
    }

    /// Opens a file as a download: a customer's file must never run as a page of the operator.
    private void media(Context context) {
        String sha256 = context.pathParam("sha256");
        Optional<String> conversation = parameter(context, "conversation");
        Optional<KeptFile> file = KeptFile.isDigest(sha256) ? queries.file(sha256, conversation) : Optional.empty();
        if (file.isEmpty()) {
            refuse(
                    context,
                    HttpStatus.NOT_FOUND,
                    "No message " + (conversation.isEmpty() ? "in the archive" : "of this conversation")
                            + " has a file with this digest");
            return;
        }
        if (media.isEmpty()) {
            refuse(context, HttpStatus.NOT_FOUND, "The archive has no store of files: media.kept is not set");
            return;
        }
        switch (media.get().open(sha256)) {
            case MediaStore.Opened.Found(InputStream bytes, long size) -> {
                context.header("Content-Disposition", MediaAnswer.disposition(file.get()));
                context.header("Content-Length", Long.toString(size));
                context.header("X-Content-Type-Options", "nosniff");
                context.header("Content-Security-Policy", "sandbox; default-src 'none'");
                context.header("Cache-Control", "private, no-store");
                context.contentType(MediaAnswer.contentType(file.get())).result(bytes);
            }
            case MediaStore.Opened.Missing() ->
                refuse(
                        context,
                        HttpStatus.NOT_FOUND,
                        "The media store does not have this file any more: it is older than media.kept.for, or was"
                                + " erased");
            case MediaStore.Opened.Unavailable _ -> {
                context.header("Retry-After", "1");
                refuse(context, HttpStatus.SERVICE_UNAVAILABLE, "The media store does not answer; try again");
            }
        }
    }

    private static Optional<Instant> time(Context context, String name) {
        return parameter(context, name)
                .map(text -> Timestamps.ofIso(text)
                        .orElseThrow(() -> new BadRequest(name + " must be a time such as 2026-11-21T10:15:30Z")));
    }

    private static PageRequest page(Context context, int keys) {
        int limit = parameter(context, "limit").map(ArchiveServer::limit).orElse(PAGE);
        return new PageRequest(
                limit,
                parameter(context, "after")
                        .map(text -> Cursor.parse(text, keys)
                                .orElseThrow(() -> new BadRequest("after must be the next of the page before"))));
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= PageRequest.MAX) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw new BadRequest("limit must be a number from 1 to " + PageRequest.MAX);
        }
        throw new BadRequest("limit must be a number from 1 to " + PageRequest.MAX);
    }

    private static Optional<String> parameter(Context context, String name) {
        return Optional.ofNullable(context.queryParam(name)).filter(text -> !text.isBlank());
    }

    private static void refuse(Context context, HttpStatus status, String error) {
        context.status(status);
        json(context, Map.of("error", error));
    }

    private static void json(Context context, Object body) {
        context.contentType("application/json").result(Json.bytes(body));
    }
}

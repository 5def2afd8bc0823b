package lull.console.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lull.console.pages.ArchivePages;
import lull.console.pages.ArchivePages.Listed;
import lull.console.pages.Forms;
import lull.console.signin.SignIn;
import lull.console.sources.Answer;
import lull.console.sources.Downloaded;
import lull.console.sources.SourceClient;
import lull.contract.ConversationKey;
import org.jspecify.annotations.Nullable;

/// Routes of the pages about conversations, messages and journeys, which the archive knows. Safe for several threads.
final class ConversationRoutes {

    private static final String PAGE = "50";

    /// Times in which the steps of a customer are shown, by the word of the form.
    private static final Map<String, Duration> REACH =
            Map.of("hour", Duration.ofHours(1), "day", Duration.ofDays(1), "week", Duration.ofDays(7));

    private final SourceClient archive;
    private final PageWriter writer;
    private final ActionLog actions;
    private final InstantSource clock;

    ConversationRoutes(SourceClient archive, PageWriter writer, ActionLog actions, InstantSource clock) {
        this.archive = archive;
        this.writer = writer;
        this.actions = actions;
        this.clock = clock;
    }

    /// Answers with the list of conversations, or with those that a search has found.
    void list(Visit visit) throws InterruptedException {
        Map<String, Object> model = new HashMap<>();
        for (String name : List.of("number", "customer", "words", "archived")) {
            model.put(name, visit.parameter(name));
        }
        model.put("after", visit.parameter("after"));
        model.put("query", "");
        boolean isSearch = !visit.parameter("words").isEmpty()
                || !visit.parameter("customer").isEmpty();
        model.put("isSearch", isSearch);
        Listed found = isSearch ? search(visit) : conversations(visit);
        model.put("found", found);
        model.put("items", isSearch ? ArchivePages.conversationsOf(found) : found.items());
        writer.page(visit, "conversations", "Conversations", model);
    }

    private Listed conversations(Visit visit) throws InterruptedException {
        return ArchivePages.conversations(archive.get(
                "/conversations",
                Map.of(
                        "number",
                        visit.parameter("number"),
                        "archived",
                        visit.parameter("archived").isEmpty() ? "false" : "true",
                        "after",
                        visit.parameter("after"),
                        "limit",
                        PAGE)));
    }

    private Listed search(Visit visit) throws InterruptedException {
        String words = visit.parameter("words");
        if (!words.isEmpty()) {
            // Whoever tries words one after the other reads what somebody wrote.
            actions.record(ActionLog.Action.WORDS_SEARCHED, visit.operator(), words.split("\\s+").length + " words");
        }
        return ArchivePages.messages(
                archive.get(
                        words.isEmpty() ? "/messages" : "/search",
                        Map.of(
                                "words",
                                words,
                                "number",
                                visit.parameter("number"),
                                "sender",
                                visit.parameter("customer"),
                                "after",
                                visit.parameter("after"),
                                "limit",
                                PAGE)),
                false);
    }

    /// Answers with a conversation, both ways.
    void timeline(Visit visit) throws InterruptedException {
        String key = visit.context().pathParam("key");
        SignIn signIn = visit.signIn().orElseThrow();
        boolean areTextsShown = signIn.isRevealed(key, clock.instant());
        Listed conversation =
                ArchivePages.conversation(archive.get("/conversations/" + SourceClient.encoded(key), Map.of()));
        Listed messages = ArchivePages.messages(
                archive.get("/messages", Map.of("conversation", key, "after", visit.parameter("after"), "limit", PAGE)),
                areTextsShown);
        Map<String, Object> model = new HashMap<>();
        model.put("key", key);
        model.put("href", page(key));
        model.put("conversation", conversation);
        model.put("messages", messages);
        model.put("oldestFirst", messages.items().reversed());
        model.put("areTextsShown", areTextsShown);
        model.put("after", visit.parameter("after"));
        writer.page(visit, "conversation", "Conversation", model);
    }

    /// Shows the texts of a conversation for some minutes, and records who asked for them.
    void showTexts(Visit visit) throws InterruptedException {
        String key = visit.context().pathParam("key");
        switch (archive.get("/conversations/" + SourceClient.encoded(key), Map.of())) {
            case Answer.Known _ -> {
                visit.signIn().orElseThrow().reveal(key, clock.instant());
                actions.record(ActionLog.Action.TEXTS_SHOWN, visit.operator(), ConversationKey.masked(key));
                PageWriter.next(visit, page(key));
            }
            case Answer.Refused(int status, String reason, var _) -> writer.error(visit, status, reason);
            case Answer.Unknown(String reason) -> writer.error(visit, 503, reason);
        }
    }

    /// Answers with a file of a conversation whose texts are shown, and records who opened it.
    void file(Visit visit) throws InterruptedException {
        String key = visit.context().pathParam("key");
        if (!visit.signIn().orElseThrow().isRevealed(key, clock.instant())) {
            PageWriter.next(visit, page(key));
            return;
        }
        Path file = null;
        try {
            file = Files.createTempFile("lull-console-", ".file");
            String digest = visit.context().pathParam("sha256");
            switch (archive.download("/media/" + SourceClient.encoded(digest), Map.of("conversation", key), file)) {
                case Downloaded.Done done -> {
                    actions.record(
                            ActionLog.Action.FILE_OPENED, visit.operator(), ConversationKey.masked(key) + " " + digest);
                    visit.context()
                            .header("Content-Disposition", done.disposition())
                            .contentType(done.contentType())
                            .result(Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE));
                    file = null;
                }
                case Downloaded.Failed(int status, String reason) -> writer.error(visit, status, reason);
            }
        } catch (IOException e) {
            writer.error(visit, 503, "The console has no room for the file: check the folder for temporary files.");
        } finally {
            delete(file);
        }
    }

    private static void delete(@Nullable Path file) {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                file.toFile().deleteOnExit();
            }
        }
    }

    void archive(Visit visit) throws InterruptedException {
        String key = visit.context().pathParam("key");
        boolean isOver = visit.field("archived").equals("false");
        Answer answer = archive.change(
                isOver ? "DELETE" : "PUT",
                "/conversations/" + SourceClient.encoded(key) + "/archived",
                isOver ? Map.of() : Map.of("by", visit.operator().name()));
        changed(
                visit,
                key,
                answer,
                isOver ? ActionLog.Action.CONVERSATION_UNARCHIVED : ActionLog.Action.CONVERSATION_ARCHIVED,
                isOver
                        ? "The conversation is back in the inbox."
                        : "The conversation is archived until its customer writes.");
    }

    void read(Visit visit) throws InterruptedException {
        String key = visit.context().pathParam("key");
        Answer answer = archive.change("PUT", "/conversations/" + SourceClient.encoded(key) + "/read", Map.of());
        changed(visit, key, answer, ActionLog.Action.CONVERSATION_READ, "All messages are marked as read.");
    }

    private void changed(Visit visit, String key, Answer answer, ActionLog.Action action, String done) {
        SignIn signIn = visit.signIn().orElseThrow();
        switch (answer) {
            case Answer.Known _ -> {
                actions.record(action, visit.operator(), ConversationKey.masked(key));
                signIn.leaveNote(done);
            }
            case Answer.Refused(int _, String reason, var _) -> signIn.leaveNote("Nothing was changed: " + reason);
            case Answer.Unknown(String reason) -> signIn.leaveNote("It is not known whether it was changed. " + reason);
        }
        PageWriter.next(visit, page(key));
    }

    /// Answers with every step of a message, turn, chat, reply or dead letter, or of a customer in a time.
    void journey(Visit visit) throws InterruptedException {
        String id = visit.parameter("id");
        Map<String, Object> model = new HashMap<>();
        if (id.isEmpty()) {
            model.putAll(Map.of("steps", List.of(), "problem", "", "isWhole", true));
        } else {
            Duration reach = REACH.get(visit.parameter("reach"));
            Instant now = clock.instant();
            model.putAll(ArchivePages.journey(archive.get(
                    "/journeys/" + SourceClient.encoded(id),
                    reach == null ? Map.of() : Map.of("from", now.minus(reach).toString(), "to", now.toString()))));
        }
        model.put("id", id);
        model.put("reach", visit.parameter("reach"));
        writer.page(visit, "journeys", "Journeys", model);
    }

    private static String page(String key) {
        return "/conversations/" + Forms.encoded(key);
    }
}

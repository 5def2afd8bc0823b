package lull.local;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import lull.ingress.http.TestWebhook;

/// Text that `lull local` prints when it is ready.
final class Welcome {

    private static final String REPLY =
            "{\"to\":{\"phone\":\"15550001001\"},\"message\":{\"type\":\"text\",\"text\":{\"body\":\"Sent\"}}}";

    private Welcome() {}

    /// @param hasEcho whether the echo application runs
    /// @param shown where stand-ins show what they were sent, by what they stand for
    static void print(PrintWriter out, LocalOptions options, boolean hasEcho, Map<String, String> shown, long nanos) {
        String webhooks =
                options.uri(options.ingressPort(), "/webhooks/whatsapp").toString();
        String replies = options.uri(options.ingressPort(), "/replies").toString();
        String chats = options.uri(options.connectPort(), "/_agent/chats").toString();
        byte[] body = new TestWebhook("100000000000001", "15550001001", "Test customer")
                .text(
                        "wamid.TEST" + UUID.randomUUID(),
                        "Hello",
                        InstantSource.system().instant());
        String port = webhooks.equals("http://localhost:8080/webhooks/whatsapp") ? "" : " --url " + webhooks;
        out.printf(Locale.ROOT, "%nLull is ready after %.1f s.%n%n", nanos / 1e9);
        line(out, "try it", options.uri(options.tryPort(), "").toString());
        line(out, "WhatsApp webhooks", webhooks);
        line(out, "applications", replies);
        if (hasEcho) {
            line(out, "echo application", webhooks + "?appId=" + EchoSettings.NAME);
        }
        line(out, "agent's desk", chats);
        line(
                out,
                "customer's phone",
                options.uri(options.graphPort(), "/_phone/messages").toString());
        shown.forEach((what, address) -> line(out, what, address));
        line(out, "operators", options.uri(options.aggregatorPort(), "/gaps") + ", /turns/open");
        line(out, "console", options.uri(options.consolePort(), "") + ", token " + LocalLull.CONSOLE_TOKEN);
        line(out, "archive", options.uri(options.archivePort(), "/conversations") + ", /search, /journeys");
        line(
                out,
                "SNS endpoint",
                options.uri(options.bridgePort(), "/sns/connect").toString());
        line(out, "health and metrics", options.uri(options.adminPort(), "/readyz") + ", /metrics, /info");
        line(out, "Kafka", options.uri(options.kafkaPort(), "").getAuthority() + ", data in " + options.directory());
        out.printf(
                "%nOpen the first address in a browser, and type four lines. Or write as a customer, in another terminal:%n%n");
        out.printf("  bin/lull send Hello How are 'you?'%s%n%n", port);
        if (hasEcho) {
            out.printf("or to the echo application:%n%n");
            out.printf("  bin/lull send Hello --from 15550001003 --app %s%s%n%n", EchoSettings.NAME, port);
        }
        out.printf("or by hand, with a signed webhook:%n%n");
        out.printf(
                "  curl -i %s -H 'X-Hub-Signature-256: %s' \\%n    -d '%s'%n%n",
                webhooks, TestWebhook.signature(body, LocalLull.APP_SECRET), new String(body, StandardCharsets.UTF_8));
        out.printf("Answer as the agent:%n%n");
        out.printf("  curl %s%n" + "  curl %s/CONTACT_ID/messages -d '{\"text\":\"Hi, I am Ana\"}'%n%n", chats, chats);
        out.printf("Write as an application:%n%n");
        out.printf(
                "  curl %s -H 'Authorization: Bearer %s' -H 'Idempotency-Key: 1' \\%n    -d '%s'%n%n",
                replies, LocalLull.REPLIES_TOKEN, REPLY);
        out.printf("Ctrl-C stops it.%n%n");
        out.flush();
    }

    private static void line(PrintWriter out, String what, String where) {
        out.printf("  %-20s %s%n", what, where);
    }
}

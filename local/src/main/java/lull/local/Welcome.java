package lull.local;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;
import lull.ingress.TestWebhook;

/// What `lull local` tells when it is ready.
final class Welcome {

    private static final String REPLY =
            "{\"to\":{\"phone\":\"15550001001\"},\"message\":{\"type\":\"text\",\"text\":{\"body\":\"Sent\"}}}";

    private Welcome() {}

    static void print(PrintWriter out, LocalOptions options, long nanos) {
        String webhooks = "http://localhost:" + options.ingressPort() + "/webhooks/whatsapp";
        String replies = "http://localhost:" + options.ingressPort() + "/replies";
        byte[] body = new TestWebhook("100000000000001", "15550001001", "Test customer")
                .text(
                        "wamid.TEST" + UUID.randomUUID(),
                        "Hello",
                        InstantSource.system().instant());
        String port = options.ingressPort() == 8080 ? "" : " --url " + webhooks;
        out.printf(Locale.ROOT, "%nLull is ready after %.1f s.%n%n", nanos / 1e9);
        line(out, "WhatsApp webhooks", webhooks);
        line(out, "applications", replies);
        line(out, "agent's desk", "http://localhost:" + options.connectPort() + "/_agent/chats");
        line(out, "customer's phone", "http://localhost:" + options.graphPort() + "/_phone/messages");
        line(out, "operators", "http://localhost:" + options.aggregatorPort() + "/gaps, /turns/open");
        line(out, "SNS endpoint", "http://localhost:" + options.bridgePort() + "/sns/connect");
        line(out, "health and metrics", "http://localhost:" + options.adminPort() + "/readyz, /metrics, /info");
        line(out, "Kafka", "localhost:" + options.kafkaPort() + ", data in " + options.directory());
        out.printf("%nWrite as a customer, in another terminal:%n%n");
        out.printf("  bin/lull send Hello How are 'you?'%s%n%n", port);
        out.printf("or by hand, with a signed webhook:%n%n");
        out.printf(
                "  curl -i %s -H 'X-Hub-Signature-256: %s' \\%n    -d '%s'%n%n",
                webhooks, TestWebhook.signature(body, LocalLull.APP_SECRET), new String(body, StandardCharsets.UTF_8));
        out.printf("Answer as the agent:%n%n");
        out.printf(
                "  curl http://localhost:%d/_agent/chats%n"
                        + "  curl http://localhost:%d/_agent/chats/CONTACT_ID/messages -d '{\"text\":\"Hi, I am Ana\"}'%n%n",
                options.connectPort(), options.connectPort());
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

package lull.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import lull.ingress.http.TestWebhook;

/// Signed webhooks of one text each, as whole HTTP requests that only need to be written. Ids differ from each
/// other, senders and texts vary. After the last comes the first again.
final class Requests {

    /// What signs webhooks.
    static final String SECRET = "bench-secret";

    /// Where they are posted to.
    static final String PATH = "/webhooks/whatsapp";

    private static final String[] WORDS = {
        "hello",
        "how",
        "are",
        "you",
        "my",
        "order",
        "has",
        "not",
        "arrived",
        "yet",
        "can",
        "somebody",
        "look",
        "after",
        "it",
        "please",
        "thanks",
        "the",
        "number",
        "is",
        "on",
        "the",
        "invoice",
        "¿sí?",
        "👍"
    };
    private static final int SENDERS = 10_000;
    private static final int RANDOM_ID_BYTES = 34;

    private final byte[][] all;

    private int next;

    private Requests(byte[][] all) {
        this.all = all;
    }

    /// Makes requests; the same seed makes the same ones, but for the time in them.
    static Requests make(int count, long seed, Instant now) {
        RandomGenerator random = new SplittableRandom(seed);
        byte[][] all = new byte[count][];
        for (int i = 0; i < count; i++) {
            String from = Long.toString(15_550_000_000L + random.nextInt(SENDERS));
            TestWebhook webhook = new TestWebhook("100000000000001", from, "Customer " + from);
            all[i] = encode(webhook.text(id(i, random), text(random), now));
        }
        return new Requests(all);
    }

    byte[] next() {
        byte[] request = all[next];
        next = next + 1 == all.length ? 0 : next + 1;
        return request;
    }

    /// A request whose body is signed.
    static byte[] encode(byte[] body) {
        byte[] head = ("POST " + PATH + " HTTP/1.1\r\n"
                        + "Host: localhost\r\n"
                        + "Accept: */*\r\n"
                        + "User-Agent: lull-bench\r\n"
                        + "Content-Type: application/json\r\n"
                        + "X-Hub-Signature-256: " + TestWebhook.signature(body, SECRET) + "\r\n"
                        + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .array();
    }

    /// As long as real ones are.
    static String id(int index, RandomGenerator random) {
        byte[] rest = new byte[RANDOM_ID_BYTES];
        random.nextBytes(rest);
        ByteBuffer bytes =
                ByteBuffer.allocate(Integer.BYTES + rest.length).putInt(index).put(rest);
        return "wamid." + Base64.getEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /// What people write: 1 to 15 words.
    static String text(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int left = 1 + random.nextInt(15); left > 0; left--) {
            text.append(text.isEmpty() ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }
}

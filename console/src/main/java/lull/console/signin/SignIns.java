package lull.console.signin;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import lull.runtime.BoundedMap;
import lull.runtime.Sha256;
import org.jspecify.annotations.Nullable;

/// Operators who are signed in now, by the random id in their cookies, in memory: a restart of the console signs
/// everybody out. Safe for several threads.
public final class SignIns {

    private static final int MAX = 1_000;
    private static final int ID_BYTES = 32;

    private final Limits limits;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, SignIn> byId = new BoundedMap<>(MAX);

    /// How long an operator stays signed in.
    ///
    /// @param idle without a request
    /// @param longest at most
    public record Limits(Duration idle, Duration longest) {}

    public SignIns(Limits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /// Signs an operator in, and returns the id for the cookie.
    public synchronized String begin(Operator operator) {
        Instant now = clock.instant();
        byId.values().removeIf(signIn -> signIn.isOver(now, limits));
        String id = random();
        // Only the digest is kept, so that a copy of the memory gives nobody a cookie.
        byId.put(digest(id), new SignIn(operator, random(), now));
        return id;
    }

    /// Returns who is signed in with an id, and counts the call as a request; empty if nobody is any more.
    public synchronized Optional<SignIn> of(@Nullable String id) {
        Optional<SignIn> found = glance(id);
        found.ifPresent(signIn -> signIn.seen(clock.instant()));
        return found;
    }

    /// Returns the same, for a page that updates itself: it keeps nobody signed in.
    public synchronized Optional<SignIn> glance(@Nullable String id) {
        if (id == null) {
            return Optional.empty();
        }
        String digest = digest(id);
        SignIn found = byId.get(digest);
        if (found == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (found.isOver(now, limits)) {
            byId.remove(digest);
            return Optional.empty();
        }
        return Optional.of(found);
    }

    /// Signs out.
    public synchronized void end(@Nullable String id) {
        if (id != null) {
            byId.remove(digest(id));
        }
    }

    /// How many operators are signed in.
    public synchronized int size() {
        return byId.size();
    }

    private String random() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String digest(String id) {
        return Sha256.hex(id);
    }
}

package lull.standins.connect;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The tokens that were given out: opaque, 128 characters long, good for one chat and one purpose.
final class TokenBook {
    static final Duration CONNECTION_LIFETIME = Duration.ofDays(1);
    private static final int TOKEN_BYTES = 96;

    private enum Kind {
        PARTICIPANT,
        CONNECTION
    }

    private record Grant(Kind kind, Chat chat, Instant expiresAt) {}

    /// A connection token and when it expires.
    record ConnectionToken(String token, Instant expiresAt) {}

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();

    TokenBook(InstantSource clock) {
        this.clock = clock;
    }

    /// A token to get connection tokens with, for as long as the chat lives.
    String participantToken(Chat chat) {
        return add(new Grant(Kind.PARTICIPANT, chat, Instant.MAX));
    }

    ConnectionToken connectionToken(Chat chat) {
        Instant expiresAt = clock.instant().plus(CONNECTION_LIFETIME);
        return new ConnectionToken(add(new Grant(Kind.CONNECTION, chat, expiresAt)), expiresAt);
    }

    /// The chat that this participant token is good for now.
    Optional<Chat> participant(String token) {
        return find(token, Kind.PARTICIPANT);
    }

    /// The chat that this connection token is good for now.
    Optional<Chat> connection(String token) {
        return find(token, Kind.CONNECTION);
    }

    /// The chat that this token was made for, whether it is good or not.
    Optional<Chat> chatOf(String token) {
        return Optional.ofNullable(grants.get(token)).map(Grant::chat);
    }

    private String add(Grant grant) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        grants.put(token, grant);
        return token;
    }

    private Optional<Chat> find(String token, Kind kind) {
        return Optional.ofNullable(grants.get(token))
                .filter(grant -> grant.kind() == kind)
                .filter(grant -> clock.instant().isBefore(grant.expiresAt()))
                .map(Grant::chat)
                .filter(chat -> !chat.isOver());
    }
}

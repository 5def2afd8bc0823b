package lull.bridge.chats;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lull.contract.chat.Chat;
import lull.runtime.settings.Setting;
import org.jspecify.annotations.Nullable;

/// Cipher that hides the tokens of chats from readers of `connect.chat`. It encrypts with AES-GCM under
/// the first of several keys and decrypts with any of them, so that keys can be rotated. Without a key
/// tokens stay as they are.
///
/// An encrypted token is `aes:`, the key's name, `:` and, in base64url, 12 random bytes and the output
/// of AES-GCM. It is bound to its contact and its kind: anywhere else it cannot be decrypted.
public final class TokenCipher {

    private static final String PREFIX = "aes:";
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final Set<Integer> KEY_BYTES = Set.of(16, 24, 32);

    private final List<Key> keys;
    private final SecureRandom random = new SecureRandom();

    /// Key with a name that is not secret.
    private record Key(String name, SecretKeySpec key) {
        @Override
        public String toString() {
            return "Key[" + name + "]";
        }
    }

    private TokenCipher(List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    /// Reads keys as `name=base64`, separated by commas, each of 16, 24 or 32 bytes. Throws
    /// `IllegalArgumentException`, whose message contains nothing of the keys.
    public static TokenCipher of(String text) {
        List<Key> keys = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String word : Setting.words(text)) {
            int middle = word.indexOf('=');
            if (middle < 1 || !word.substring(0, middle).matches("[A-Za-z0-9._-]+")) {
                throw new IllegalArgumentException("must be keys such as name=base64, separated by commas");
            }
            keys.add(new Key(word.substring(0, middle), new SecretKeySpec(bytes(word.substring(middle + 1)), "AES")));
            if (!names.add(word.substring(0, middle))) {
                throw new IllegalArgumentException("must name each key only once");
            }
        }
        return new TokenCipher(keys);
    }

    /// Returns the chat with encrypted tokens, as it is stored.
    Chat seal(Chat chat) {
        return keys.isEmpty()
                ? chat
                : chat.withTokens(
                        seal(chat, "participant", chat.participantToken()),
                        seal(chat, "connection", chat.connectionToken()));
    }

    /// Returns the chat with its tokens as Connect gave them; empty if no key decrypts them.
    Optional<Chat> open(Chat chat) {
        try {
            return Optional.of(chat.withTokens(
                    open(chat, "participant", chat.participantToken()),
                    open(chat, "connection", chat.connectionToken())));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private @Nullable String seal(Chat chat, String kind, @Nullable String token) {
        if (token == null) {
            return null;
        }
        Key key = keys.getFirst();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, chat, kind).doFinal(token.getBytes(UTF_8));
            byte[] all = ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return PREFIX + key.name() + ":"
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES-GCM", e);
        }
    }

    private @Nullable String open(Chat chat, String kind, @Nullable String stored) throws GeneralSecurityException {
        if (stored == null || !stored.startsWith(PREFIX)) {
            return stored;
        }
        int colon = stored.indexOf(':', PREFIX.length());
        String name = colon < 0 ? "" : stored.substring(PREFIX.length(), colon);
        Key key = keys.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("No such key"));
        ByteBuffer all = ByteBuffer.wrap(Base64.getUrlDecoder().decode(stored.substring(colon + 1)));
        if (all.remaining() < NONCE_BYTES) {
            throw new GeneralSecurityException("Too short");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        all.get(nonce);
        byte[] sealed = new byte[all.remaining()];
        all.get(sealed);
        return new String(cipher(Cipher.DECRYPT_MODE, key, nonce, chat, kind).doFinal(sealed), UTF_8);
    }

    private static Cipher cipher(int mode, Key key, byte[] nonce, Chat chat, String kind)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((kind + ":" + chat.initialContactId()).getBytes(UTF_8));
        return cipher;
    }

    private static byte[] bytes(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must have keys in base64", e);
        }
        if (!KEY_BYTES.contains(bytes.length)) {
            throw new IllegalArgumentException("must have keys of 16, 24 or 32 bytes");
        }
        return bytes;
    }
}

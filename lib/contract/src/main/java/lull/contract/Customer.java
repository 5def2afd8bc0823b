package lull.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/// Person who writes, with every id that WhatsApp gave. Since 2026 the phone number may be absent.
/// Immutable.
///
/// @param userId the business-scoped user id (BSUID)
/// @param phone the phone number in digits
/// @param name the name of the WhatsApp profile
/// @param parentUserId the user id in the portfolio to which the business's own is linked
/// @param username the name that the person has chosen, without `@`; it may change at any time
public record Customer(
        @Nullable String userId,
        @Nullable String phone,
        @Nullable String name,
        @Nullable String parentUserId,
        @Nullable String username) {

    /// Creates a customer of whom nothing else is known.
    public Customer(@Nullable String userId, @Nullable String phone, @Nullable String name) {
        this(userId, phone, name, null, null);
    }

    /// Returns the same person, completed with data of an earlier message that this one does not have,
    /// such as the name, which WhatsApp's notices do not have. An id is filled in only if the other id
    /// is the same.
    public Customer completedBy(Customer earlier) {
        if (equals(earlier)) {
            return this;
        }
        boolean isSameUser = userId() != null && userId().equals(earlier.userId());
        boolean isSamePhone = phone() != null && phone().equals(earlier.phone());
        return new Customer(
                userId() == null && isSamePhone ? earlier.userId() : userId(),
                phone() == null && isSameUser ? earlier.phone() : phone(),
                name() == null ? earlier.name() : name(),
                parentUserId() == null && (isSameUser || isSamePhone) ? earlier.parentUserId() : parentUserId(),
                username() == null ? earlier.username() : username());
    }

    /// Returns the name under which this person is shown: the profile's name, else the username, else
    /// the masked phone number or user id, else `WhatsApp customer`.
    @JsonIgnore
    public String displayName() {
        String name = profileName();
        if (name != null) {
            return name;
        }
        String username = visible(username());
        if (username != null) {
            return username;
        }
        String phone = phone();
        if (phone != null) {
            return Masking.masked(phone);
        }
        String userId = userId();
        return userId != null ? Masking.masked(userId) : "WhatsApp customer";
    }

    /// Returns the name of the profile in one visible line; null if nothing in it is visible.
    @JsonIgnore
    public @Nullable String profileName() {
        return visible(name());
    }

    private static @Nullable String visible(@Nullable String text) {
        String line = text == null ? "" : VisibleLine.of(text);
        return line.isEmpty() ? null : line;
    }

    @Override
    public String toString() {
        return "Customer[" + Masking.masked(String.valueOf(userId() != null ? userId() : phone())) + "]";
    }
}

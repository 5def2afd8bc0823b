package lull.ingress.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// MessageStats of an entry that are true of all its changes.
///
/// @param account the id of the WhatsApp Business account; empty where the entry has none
/// @param at when the entry was made, by its own account; null where it says nothing
record EntryFacts(String account, @Nullable Instant at, Arns arns) {}

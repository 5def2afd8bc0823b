package lull.ingress.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Data of an entry that applies to all its changes.
///
/// @param account the id of the WhatsApp Business account; empty if the entry has none
/// @param at when the entry was created, according to the entry; null if it has no time
record EntryFacts(String account, @Nullable Instant at, Arns arns) {}

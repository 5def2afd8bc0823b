package lull.standins.connect;

import java.time.Instant;

/// Something that was said in a chat, with its id, time and contact.
record TranscriptItem(String id, Instant at, String initialContactId, String contactId, Said said) {}

package lull.chatwoot;

/// Conversation in Chatwoot.
///
/// @param number its number in the account, as agents see it
/// @param isResolved whether an agent has ended it
public record ChatwootConversation(long number, boolean isResolved) {}

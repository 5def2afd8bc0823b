package lull.whatsapp.action;

/// Action that one might look for, and that no provider has.
///
/// @param reason why, and what to do instead
public record UnavailableAction(String name, ActionCategory category, String reason) {}

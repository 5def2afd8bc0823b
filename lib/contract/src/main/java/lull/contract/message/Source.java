package lull.contract.message;

/// How a message came in.
///
/// @param door `meta` (webhook of Meta), `sns` or `sqs` (AWS End User Messaging Social)
/// @param app the WhatsApp app whose webhook it was, as the configuration names it
public record Source(String door, String app) {}

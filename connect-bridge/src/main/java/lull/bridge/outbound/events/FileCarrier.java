package lull.bridge.outbound.events;

import lull.contract.chat.ChatEvent;

/// Port by which files of agents come to WhatsApp.
@FunctionalInterface
interface FileCarrier {

    /// Transfers a file that was attached in a chat to the business number that will send it.
    AgentFiles.Carried carry(ChatEvent.Attached file, String initialContactId, String businessNumber)
            throws InterruptedException;
}

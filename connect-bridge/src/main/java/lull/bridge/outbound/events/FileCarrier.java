package lull.bridge.outbound.events;

import lull.contract.chat.ChatEvent;

/// Port that carries files of agents to WhatsApp.
@FunctionalInterface
interface FileCarrier {

    /// Carries a file that was attached in a chat to the business number that will send it.
    AgentFiles.Carried carry(ChatEvent.Attached file, String initialContactId, String businessNumber)
            throws InterruptedException;
}

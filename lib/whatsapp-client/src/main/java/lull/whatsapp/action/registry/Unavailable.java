package lull.whatsapp.action.registry;

import java.util.List;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.UnavailableAction;

/// Actions that no provider has, each with the reason. They are listed, and never faked by a local record.
final class Unavailable {

    static final List<UnavailableAction> ALL = List.of(
            of(
                    "add_group_participants",
                    ActionCategory.GROUPS,
                    "WhatsApp only lets people join by the invitation link: send it with send_text"),
            of(
                    "list_conversations",
                    ActionCategory.MESSAGING,
                    "WhatsApp has no list of conversations: the archive has one, GET /conversations"),
            of(
                    "get_message_history",
                    ActionCategory.MESSAGING,
                    "WhatsApp keeps no history for businesses: the archive has the messages"),
            of("edit_message", ActionCategory.MESSAGING, "WhatsApp lets no business edit a message that was sent"),
            of("delete_message", ActionCategory.MESSAGING, "WhatsApp lets no business take a message back"),
            of(
                    "delete_number",
                    ActionCategory.NUMBERS,
                    "Meta has no API for it: delete the number in WhatsApp Manager, 30 days after its last paid message"),
            of(
                    "disable_pin",
                    ActionCategory.NUMBERS,
                    "Meta lets nobody switch the two-step PIN off by API: use WhatsApp Manager"),
            of("send_encrypted_message", ActionCategory.MESSAGING, "Meta has published no guide to messages_encrypted"),
            of(
                    "release_business_agent",
                    ActionCategory.ACCOUNTS,
                    "Meta has documented no release of the Meta Business Agent: sending a message takes control"),
            of("appeal_violation", ActionCategory.ACCOUNTS, "Meta accepts appeals in Business Support Home only"),
            of(
                    "refund_pix",
                    ActionCategory.PAYMENTS,
                    "WhatsApp refunds payments of Indian gateways only: refund in your bank"),
            of("upload_catalog", ActionCategory.CATALOGS, "A catalog is no file: use update_catalog_items"),
            of("link_eum_account", ActionCategory.EUM, "AWS accepts it from Meta's sign-up in the AWS console only"));

    private Unavailable() {}

    private static UnavailableAction of(String name, ActionCategory category, String reason) {
        return new UnavailableAction(name, category, reason);
    }
}

package lull.whatsapp.action.messaging;

import java.util.List;
import lull.whatsapp.action.Action;

/// Messages, read marks and typing indicators: all actions.
public final class MessagingActions {

    public static final List<Action> ALL = List.of(
            new SendText(),
            new SendImage(),
            new SendVideo(),
            new SendAudio(),
            new SendDocument(),
            new SendSticker(),
            new SendLocation(),
            new SendContacts(),
            new SendReaction(),
            new SendButtons(),
            new SendList(),
            new SendLink(),
            new SendLocationRequest(),
            new SendAddressRequest(),
            new SendContactInfoRequest(),
            new SendFlow(),
            new SendProduct(),
            new SendProductList(),
            new SendCatalog(),
            new SendCarousel(),
            new SendVoiceCallButton(),
            new SendCallPermissionRequest(),
            new SendOrderDetails(),
            new SendOrderStatus(),
            new SendTemplate(),
            new SendDirect(),
            new PinGroupMessage(),
            new MarkRead(),
            new SendTyping());

    private MessagingActions() {}
}

package lull.whatsapp.action.link;

import java.util.List;
import lull.whatsapp.action.Action;

/// QR codes and short links: all actions.
public final class LinkActions {

    public static final List<Action> ALL =
            List.of(new CreateLink(), new UpdateLink(), new ListLinks(), new GetLink(), new DeleteLink());

    private LinkActions() {}
}

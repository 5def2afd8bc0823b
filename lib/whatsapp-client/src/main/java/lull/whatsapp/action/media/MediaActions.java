package lull.whatsapp.action.media;

import java.util.List;
import lull.whatsapp.action.Action;

/// Files of messages: all actions.
public final class MediaActions {

    public static final List<Action> ALL =
            List.of(new UploadMedia(), new GetMedia(), new DownloadMedia(), new DeleteMedia(), new UploadSample());

    private MediaActions() {}
}

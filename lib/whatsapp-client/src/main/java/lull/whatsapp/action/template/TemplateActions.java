package lull.whatsapp.action.template;

import java.util.List;
import lull.whatsapp.action.Action;

/// Message templates: all actions.
public final class TemplateActions {

    public static final List<Action> ALL = List.of(
            new ListTemplates(),
            new GetTemplate(),
            new CreateTemplate(),
            new CreateAuthenticationTemplate(),
            new CreateTemplateFromLibrary(),
            new EditTemplate(),
            new DeleteTemplate(),
            new ListTemplateLibrary(),
            new UnpauseTemplate(),
            new CompareTemplates(),
            new MigrateTemplates(),
            new UpsertAuthenticationTemplates(),
            new ArchiveTemplates(),
            new UnarchiveTemplates());

    private TemplateActions() {}
}

package lull.runtime.settings;

import java.util.List;
import lull.runtime.CannotStart;

/// Settings that cannot be: its message lists every problem, one a line, without the values of secrets.
public final class SettingsException extends CannotStart {

    private static final long serialVersionUID = 1L;

    SettingsException(List<String> problems) {
        super("The configuration cannot be used:\n  - " + String.join("\n  - ", problems));
    }
}

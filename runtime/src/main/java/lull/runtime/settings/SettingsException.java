package lull.runtime.settings;

import java.util.List;

/// Settings that cannot be: its message lists every problem, one a line, without the values of secrets.
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param problems each in words that name what to change
    public SettingsException(List<String> problems) {
        super("The configuration cannot be used:\n  - " + String.join("\n  - ", problems));
    }
}

package lull.cdk.installation;

import java.nio.file.Path;
import java.util.List;

/// Problem of an installation's file. Its message lists everything that is wrong with the file.
public final class WrongInstallation extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// @param problems at least one, each a sentence without its full stop
    WrongInstallation(Path file, List<String> problems) {
        super(file + " cannot be used:\n- " + String.join("\n- ", problems));
    }
}

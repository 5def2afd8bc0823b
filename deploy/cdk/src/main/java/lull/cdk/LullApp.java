package lull.cdk;

import java.nio.file.Path;
import lull.cdk.installation.Installation;
import lull.cdk.installation.InstallationFile;
import lull.cdk.installation.WrongInstallation;
import software.amazon.awscdk.App;

/// Entry of the app, which the CDK calls as `cdk.json` says. The context value `installation` names the
/// file of the installation.
public final class LullApp {

    private LullApp() {}

    /// Synthesizes the stacks. Exits with code 1 and all problems if the file of the installation
    /// cannot be used.
    public static void main(String[] arguments) {
        App app = LullStacks.app();
        if (!(app.getNode().tryGetContext("installation") instanceof String file)) {
            System.err.println(
                    "No installation is given. Name its file, such as" + " -c installation=installations/example.yaml");
            System.exit(1);
            return;
        }
        Installation installation;
        try {
            installation = InstallationFile.read(Path.of(file));
        } catch (WrongInstallation e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        LullStacks.add(app, installation);
        app.synth();
    }
}

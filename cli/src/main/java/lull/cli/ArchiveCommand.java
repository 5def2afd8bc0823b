package lull.cli;

import java.util.concurrent.Callable;
import lull.archive.ArchiveService;
import lull.archive.ArchiveSettings;
import lull.runtime.process.ServiceProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `lull archive`: runs the archive.
@Command(
        name = "archive",
        description = "Writes every topic to a database, and serves conversations, messages, searches and journeys.",
        mixinStandardHelpOptions = true)
final class ArchiveCommand implements Callable<Integer> {

    @Mixin
    private final Configuration configuration = new Configuration();

    @Override
    public Integer call() {
        return ServiceProcess.run("archive", configuration.load(_ -> ArchiveSettings.all()), ArchiveService::start);
    }
}

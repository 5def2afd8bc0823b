package lull.local;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import lull.local.broker.EmbeddedBroker;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.jspecify.annotations.Nullable;

/// The embedded broker of this JVM, for all test classes that do not break it: a start takes longer than most classes,
/// and two brokers in one JVM disturb each other. A class gets it empty. Classes run one after another in a JVM, so
/// nothing here is synchronized with a class that still runs.
public final class SharedBroker {

    private static @Nullable EmbeddedBroker broker;

    private SharedBroker() {}

    /// The address of the broker, which has neither topics nor consumer groups.
    public static synchronized String empty() throws Exception {
        EmbeddedBroker running = broker;
        if (running == null) {
            running = start();
            broker = running;
        } else {
            clear(running.bootstrapServers());
        }
        return running.bootstrapServers();
    }

    private static EmbeddedBroker start() throws Exception {
        Path directory = Files.createTempDirectory("lull-broker");
        EmbeddedBroker started = EmbeddedBroker.start(0, directory);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            started.close();
            delete(directory);
        }));
        return started;
    }

    private static void clear(String bootstrapServers) throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            Set<String> topics = admin.listTopics().names().get();
            admin.deleteTopics(topics).all().get();
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> admin.listTopics().names().get().isEmpty());
            // Members of a process that was killed would stay until their session times out.
            await().atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(200))
                    .pollDelay(Duration.ZERO)
                    .until(() -> groupsAreDeleted(admin));
        }
    }

    private static boolean groupsAreDeleted(Admin admin) throws InterruptedException, ExecutionException {
        List<String> groups = admin.listGroups().all().get().stream()
                .map(GroupListing::groupId)
                .toList();
        boolean all = true;
        for (KafkaFuture<Void> deleted :
                admin.deleteConsumerGroups(groups).deletedGroups().values()) {
            try {
                deleted.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof GroupNotEmptyException)) {
                    throw e;
                }
                all = false;
            }
        }
        if (!all) {
            removeMembers(admin, groups);
        }
        return all;
    }

    private static void removeMembers(Admin admin, List<String> groups) throws InterruptedException {
        for (String group : groups) {
            try {
                admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                        .all()
                        .get();
            } catch (ExecutionException _) {
                // They have just left by themselves, or the group was deleted: the caller asks again soon.
            }
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

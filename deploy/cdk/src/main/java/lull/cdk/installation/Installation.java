package lull.cdk.installation;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Installation of Lull in one account and one Region, as its file describes it. Its business numbers
/// may have their chats in other Regions.
///
/// @param name prefix of the names of all stacks and resources
/// @param account twelve digits
/// @param region in which everything runs
/// @param archive where its topics are archived; empty if they are not
/// @param console pages for operators; empty if there are none
/// @param numbers at least one; the first one is also the default for numbers that are not listed
/// @param isProtected whether stacks and load balancer are protected against deletion: not before the first
///     deployment has succeeded, because one that fails must be deleted
/// @param secret ARN of the secret with the tokens, see `installations/example.yaml`
/// @param secretKey ARN of the key of that secret, if it is not the AWS managed one
/// @param logDays how long log groups keep their lines
/// @param traces where traces are sent; empty if there are none
/// @param settings of Lull, by name, that differ from their defaults
public record Installation(
        String name,
        String account,
        String region,
        Network network,
        KafkaChoice kafka,
        List<BusinessNumber> numbers,
        Doors doors,
        Optional<EndUserMessaging> endUserMessaging,
        Optional<Store> store,
        Optional<KeptFiles> keptFiles,
        Optional<ArchiveDatabaseChoice> archive,
        Optional<Console> console,
        Operations operations,
        Images images,
        Sizes sizes,
        boolean isProtected,
        String secret,
        Optional<String> secretKey,
        int logDays,
        Optional<Traces> traces,
        Map<String, String> settings) {

    public Installation {
        numbers = List.copyOf(numbers);
        settings = Map.copyOf(settings);
    }

    /// Business number and where its chats are.
    ///
    /// @param id WhatsApp's phone_number_id
    /// @param instance id of the instance of Amazon Connect
    /// @param flow id of the contact flow
    /// @param region of the instance
    /// @param endUserMessagingId id of the number in AWS End User Messaging, if it sends by that
    /// @param hasOwnToken whether the secret has an access token for this number alone
    public record BusinessNumber(
            String id,
            String instance,
            String flow,
            String region,
            Optional<String> endUserMessagingId,
            boolean hasOwnToken) {}

    /// What the load balancer lets in.
    ///
    /// @param hostname under which WhatsApp reaches it; not used if nobody is let in
    /// @param certificate ARN of the certificate for that name, in the Region of the installation; the same
    /// @param zone the hosted zone in which the name is created; empty if you create it elsewhere
    /// @param webhooks whether Meta posts webhooks
    /// @param repliesFrom networks of applications that may post to `/replies`; nobody may if it is
    ///     empty
    /// @param requestsPerMinute of one address above which requests are refused; empty if there is no
    ///     limit
    public record Doors(
            String hostname,
            String certificate,
            Optional<Zone> zone,
            boolean webhooks,
            List<String> repliesFrom,
            Optional<Integer> requestsPerMinute) {

        public Doors {
            repliesFrom = List.copyOf(repliesFrom);
        }

        /// Whether anybody is let in. Otherwise there is no load balancer: messages come by AWS End User Messaging.
        public boolean isOpen() {
            return webhooks || hasReplies();
        }

        /// Whether applications may request replies.
        public boolean hasReplies() {
            return !repliesFrom.isEmpty();
        }
    }

    /// Hosted zone of Amazon Route 53.
    public record Zone(String id, String name) {}

    /// Use of AWS End User Messaging Social.
    ///
    /// @param account id of the WhatsApp business account there
    /// @param fileDays how long files stay in its bucket at most; Lull deletes them after their
    ///     transfer
    public record EndUserMessaging(String account, int fileDays) {}

    /// Store for files that Amazon Connect does not accept.
    ///
    /// @param days how long files are kept
    /// @param baseUrl at which agents reach the bucket; empty if links are presigned
    public record Store(int days, Optional<String> baseUrl) {}

    /// Store in which every file is kept.
    ///
    /// @param days how long after it passed last
    public record KeptFiles(int days) {}

    /// Pages for operators.
    ///
    /// @param door by which they are reached; empty if only by a session in the task
    public record Console(Optional<Door> door) {

        /// Load balancer in the private subnets.
        ///
        /// @param hostname by which operators reach it
        /// @param certificate ARN of the certificate for that name, in the Region of the installation
        /// @param zone the hosted zone in which the name is created; empty if you create it elsewhere
        /// @param from networks of operators, at least one
        public record Door(String hostname, String certificate, Optional<Zone> zone, List<String> from) {
            public Door {
                from = List.copyOf(from);
            }
        }
    }

    /// What operators get.
    ///
    /// @param mail address to which alarms are sent
    /// @param runbook address of `docs/runbook.md`, without an anchor
    /// @param collector image of the container that copies meters to Amazon CloudWatch; empty if none does
    /// @param exec whether they can open a session in a running task
    public record Operations(String mail, String runbook, Optional<String> collector, boolean exec) {}

    /// Collector of OpenTelemetry.
    ///
    /// @param collector address at which it accepts OTLP over HTTP, with a port
    /// @param share of the webhooks that are traced, from 0 to 1
    public record Traces(URI collector, String share) {}

    /// Images in Amazon ECR.
    ///
    /// @param account that owns the registry
    /// @param region of the registry
    /// @param prefix of the repositories, such as `lull/`
    /// @param tag of all images
    /// @param tags of single processes that have another one, by their names
    /// @param isArm whether they are built for ARM64, else for x86-64
    public record Images(
            String account, String region, String prefix, String tag, Map<String, String> tags, boolean isArm) {

        public Images {
            tags = Map.copyOf(tags);
        }

        /// Returns the tag of the image of a process.
        public String tagOf(String process) {
            return tags.getOrDefault(process, tag);
        }
    }

    /// How many tasks of each service run, and how large they are.
    ///
    /// @param ingressMax how many tasks of the ingress run at most
    /// @param restoreMinutes after which a task of the aggregator is replaced that has not restored its state
    /// @param applications of the process for applications, which runs only if there are any
    /// @param archive of the archive, which runs only if topics are archived
    /// @param console of the console, which is one task, if there is any
    public record Sizes(
            ServiceSize ingress,
            int ingressMax,
            ServiceSize aggregator,
            int restoreMinutes,
            ServiceSize bridge,
            ServiceSize applications,
            ServiceSize archive,
            ServiceSize console) {

        /// The shortest time to restore state, in minutes, which is also the time that other services have to start.
        public static final int SHORTEST_RESTORE = 10;

        /// The longest time that Amazon ECS allows, in minutes.
        public static final int LONGEST_RESTORE = 55;
    }

    /// Size of a service.
    ///
    /// @param tasks that run
    /// @param cpu in units of which 1024 are one vCPU
    /// @param memory in MiB
    /// @param heap of the JVM in MiB; empty for the share of the memory that the image has chosen
    /// @param disk in GiB, 20 to 200
    public record ServiceSize(int tasks, int cpu, int memory, Optional<Integer> heap, int disk) {

        /// The disk that a task has without any cost, which is also the smallest.
        public static final int FREE_DISK = 20;

        /// A size without anything that was chosen.
        public ServiceSize(int tasks, int cpu, int memory) {
            this(tasks, cpu, memory, Optional.empty(), FREE_DISK);
        }
    }
}

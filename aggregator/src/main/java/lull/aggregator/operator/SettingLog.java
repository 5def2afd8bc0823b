package lull.aggregator.operator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import lull.contract.Channel;
import lull.contract.SettingChange;
import lull.contract.json.Json;
import lull.contract.topic.Topics;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writer of changes of settings: a setting record to each partition of the input topic, so that the change
/// has its place in the log that determines turns. Who made the change and when is written to
/// `lull.setting.changed`, before the change and after it. Safe for several threads; the caller lets one
/// change of a setting follow the other, so that they reach all partitions in the same order.
public final class SettingLog {

    private static final Logger log = LoggerFactory.getLogger(SettingLog.class);

    /// What is wrong with an author.
    static final String NO_AUTHOR = "by is a name of at most 200 characters in one line";

    /// Excludes everything that could make its log line look like another one: control characters,
    /// direction marks, lone surrogates.
    private static final Pattern AUTHOR = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1,200}");

    /// What is wrong with a business number.
    static final String NO_BUSINESS_NUMBER =
            "A business number is WhatsApp's phone number id, such as 106540352242922, or that of"
                    + " another channel, such as telegram.shop";

    private static final long WAIT_SECONDS = 15;
    private static final String UNTOLD = Topics.SETTING_CHANGED.name() + " could not be written";

    private final Producer<byte[], byte[]> producer;
    private final InstantSource clock;

    public SettingLog(Producer<byte[], byte[]> producer, InstantSource clock) {
        this.producer = producer;
        this.clock = clock;
    }

    /// Result of writing changes.
    sealed interface Outcome {

        /// They are in the log of every partition.
        record Made(List<SettingChange> changes) implements Outcome {}

        /// They are in the log of some partitions or of none, or the result was not recorded; it is safe to
        /// write them again.
        record Partial(List<SettingChange> changes, String problem) implements Outcome {}
    }

    /// Whether a name may be recorded as an author.
    static boolean isAuthor(String by) {
        return AUTHOR.matcher(by).matches();
    }

    /// Whether a text may be a business number. Absent, it stands for all numbers.
    static boolean isBusinessNumber(@Nullable String number) {
        return number == null || Channel.isBusinessNumber(number);
    }

    /// How many partitions an input topic has.
    int partitions(String topic) {
        return producer.partitionsFor(topic).size();
    }

    /// Returns the changes that are asked for, before they are made.
    ///
    /// @param businessNumber absent: all numbers without a value of their own
    List<SettingChange> asked(
            String topic, @Nullable String businessNumber, String by, List<? extends AskedSetting> settings) {
        Instant now = clock.instant();
        return settings.stream()
                .map(setting -> new SettingChange(
                        topic, setting.name(), businessNumber, setting.text(), by, now, List.of(), List.of()))
                .toList();
    }

    /// Makes changes of a topic.
    ///
    /// @param asked one for each setting
    /// @param settings in the order in which each partition gets them
    /// @param event what is logged of each
    Outcome make(List<SettingChange> asked, List<? extends AskedSetting> settings, String event)
            throws InterruptedException {
        if (!record(asked)) {
            return new Outcome.Partial(asked, "Nothing was changed, because " + UNTOLD);
        }
        List<SettingChange> made = write(asked, settings);
        boolean recorded = record(made);
        made.forEach(change -> log(change, event));
        List<Integer> failed = made.stream()
                .flatMap(setting -> setting.failedPartitions().stream())
                .distinct()
                .sorted()
                .toList();
        if (!failed.isEmpty()) {
            return new Outcome.Partial(made, "The broker did not acknowledge the change for partitions " + failed);
        }
        return recorded ? new Outcome.Made(made) : new Outcome.Partial(made, "The change is in the log, but " + UNTOLD);
    }

    private List<SettingChange> write(List<SettingChange> asked, List<? extends AskedSetting> settings)
            throws InterruptedException {
        String topic = asked.getFirst().topic();
        List<byte[]> values = settings.stream()
                .map(setting -> Json.bytes(setting.record(asked.getFirst().businessNumber())))
                .toList();
        int partitions = partitions(topic);
        List<List<Future<RecordMetadata>>> sent = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            List<Future<RecordMetadata>> there = new ArrayList<>();
            for (byte[] value : values) {
                there.add(producer.send(new ProducerRecord<>(topic, partition, null, value)));
            }
            sent.add(there);
        }
        List<SettingChange> results = new ArrayList<>();
        for (int setting = 0; setting < asked.size(); setting++) {
            List<Integer> made = new ArrayList<>();
            List<Integer> failed = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                (isAcknowledged(sent.get(partition).get(setting)) ? made : failed).add(partition);
            }
            results.add(asked.get(setting).in(made, failed));
        }
        return results;
    }

    private boolean record(List<SettingChange> changes) throws InterruptedException {
        for (SettingChange change : changes) {
            if (!record(change)) {
                return false;
            }
        }
        return true;
    }

    private boolean record(SettingChange change) throws InterruptedException {
        return isAcknowledged(producer.send(new ProducerRecord<>(
                Topics.SETTING_CHANGED.name(), change.topic().getBytes(StandardCharsets.UTF_8), Json.bytes(change))));
    }

    private static void log(SettingChange change, String event) {
        log.atInfo()
                .addKeyValue("topic", change.topic())
                .addKeyValue("number", change.businessNumber())
                .addKeyValue("setting", change.setting())
                .addKeyValue("value", change.value())
                .addKeyValue("by", change.changedBy())
                .addKeyValue("failedPartitions", change.failedPartitions())
                .log(event);
    }

    private static boolean isAcknowledged(Future<RecordMetadata> sent) throws InterruptedException {
        try {
            sent.get(WAIT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return false;
        }
    }
}

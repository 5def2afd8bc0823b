package lull.aggregator.gap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import org.jspecify.annotations.Nullable;

/// The model of a partition, and the versions and digests of those before it, which turns may still name.
/// Immutable.
public final class GapModels {

    /// The model that Lull ships, before any change.
    public static final GapModels SHIPPED = new GapModels(List.of(), new TreeMap<>(), null, null);

    private static final GapModel SHIPPED_MODEL = GapModel.shipped();

    private static final int ALIGNMENT = 16;

    private static final String MODEL = "model";

    private final List<String> changes;
    private final SortedMap<String, String> digests;
    private final @Nullable GapModel set;
    private final @Nullable String problem;

    /// How it is stored.
    ///
    /// @param changes the versions that were set, the latest last; the model that Lull ships has an empty one
    /// @param digests of the models that were set, by version; absent: only that of the current one is known
    /// @param model the current one; absent: the one that Lull ships
    private record Stored(
            List<String> changes,
            @Nullable Map<String, String> digests,
            @Nullable GapModel model) {}

    private GapModels(
            List<String> changes, SortedMap<String, String> digests, @Nullable GapModel set, @Nullable String problem) {
        this.changes = List.copyOf(changes);
        this.digests = digests;
        this.set = set;
        this.problem = problem;
    }

    /// Returns the models after a change.
    ///
    /// @param model the new one; null: back to the one that Lull ships
    public GapModels with(@Nullable GapModel model) {
        List<String> all = new ArrayList<>(changes);
        all.add(model == null ? "" : model.version());
        // So that the slot of the current one stays the number of changes, in steps of all slots.
        if (all.size() >= 2 * GapModel.SLOTS) {
            all.subList(0, GapModel.SLOTS).clear();
        }
        SortedMap<String, String> allDigests = digests(digests, model);
        allDigests.keySet().retainAll(all);
        return new GapModels(all, allDigests, model, null);
    }

    /// The model for the next message.
    public GapModel current() {
        return set == null ? SHIPPED_MODEL : set;
    }

    /// Why the model of a store could not be used, so that the one that Lull ships is in force; empty if it could.
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /// Where the current one is among the latest.
    public int slot() {
        return changes.size() % GapModel.SLOTS;
    }

    /// Returns the digests of the latest models, by version, with that of the model that Lull ships.
    public SortedMap<String, String> digests() {
        SortedMap<String, String> all = digests(Map.of(), SHIPPED_MODEL);
        all.putAll(digests);
        return all;
    }

    private static SortedMap<String, String> digests(Map<String, String> before, @Nullable GapModel model) {
        SortedMap<String, String> all = new TreeMap<>(before);
        if (model != null) {
            all.put(model.version(), model.digest());
        }
        return all;
    }

    /// Returns the version of one of the latest models.
    ///
    /// @param slot what [#slot()] said when the model was the current one
    String version(int slot) {
        int back = Math.floorMod(slot() - slot, GapModel.SLOTS);
        int change = changes.size() - 1 - back;
        String version = change < 0 ? "" : changes.get(change);
        return version.isEmpty() ? SHIPPED_MODEL.version() : version;
    }

    /// Returns it as a store keeps it: JSON, with spaces to whole ids of [SeenMessages], so that versions
    /// that know only ids keep it.
    public byte[] toBytes() {
        byte[] json = Json.bytes(new Stored(changes, digests, set));
        byte[] padded = Arrays.copyOf(json, (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    /// Reads what [#toBytes()] wrote; null stands for no change. A model with numbers beyond today's bounds,
    /// which an earlier version took, counts as changed back to the one that Lull ships. Throws
    /// [IllegalStateException] for what this version cannot read.
    public static GapModels of(byte @Nullable [] stored) {
        if (stored == null) {
            return SHIPPED;
        }
        try {
            JsonNode tree = Json.tree(stored);
            JsonNode model = tree instanceof ObjectNode members ? members.remove(MODEL) : null;
            Stored read = Json.convert(tree, Stored.class);
            Map<String, String> digests = read.digests() == null ? Map.of() : read.digests();
            if (model == null || model.isNull()) {
                return new GapModels(read.changes(), digests(digests, null), null, null);
            }
            return withModel(read.changes(), digests, model);
        } catch (UnreadableJson e) {
            throw new IllegalStateException(
                    "This version of Lull cannot read the model of the store: run the version that has written it, or"
                            + " a later one",
                    e);
        }
    }

    /// A model that cannot be used is never a reason to stop a partition: it would not start again before a later
    /// version.
    private static GapModels withModel(List<String> changes, Map<String, String> digests, JsonNode stored) {
        try {
            GapModel model = Json.convert(stored, GapModel.class);
            return new GapModels(changes, digests(digests, model), model, null);
        } catch (UnreadableJson e) {
            List<String> changedBack = new ArrayList<>(changes);
            changedBack.add("");
            return new GapModels(changedBack, digests(digests, null), null, String.valueOf(e.getMessage()));
        }
    }
}

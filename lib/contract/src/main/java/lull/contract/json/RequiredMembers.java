package lull.contract.json;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Check that a record read from JSON has all members that are not `@Nullable`. Without it `{}` would
/// be read as a record of nulls, which fails at its first use.
final class RequiredMembers {

    private static final ClassValue<List<RecordComponent>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
            List<RecordComponent> components = List.of(type.getRecordComponents());
            components.forEach(component -> component.getAccessor().setAccessible(true));
            return components;
        }
    };

    private static final ClassValue<Map<String, Boolean>> NULLABLE = new ClassValue<>() {
        @Override
        protected Map<String, Boolean> computeValue(Class<?> type) {
            return COMPONENTS.get(type).stream()
                    .collect(Collectors.toUnmodifiableMap(
                            RecordComponent::getName,
                            component -> component.getAnnotatedType().isAnnotationPresent(Nullable.class)));
        }
    };

    private RequiredMembers() {}

    /// Throws if a record, or a record inside it, lacks a member.
    static void check(@Nullable Object value) throws UnreadableJson {
        switch (value) {
            case Record read -> checkRecord(read);
            case List<?> all -> {
                for (Object one : all) {
                    check(one);
                }
            }
            case Object[] all -> check(Arrays.asList(all));
            case null, default -> {
                // Texts, numbers, times and trees have no members.
            }
        }
    }

    private static void checkRecord(Record read) throws UnreadableJson {
        Map<String, Boolean> nullable = NULLABLE.get(read.getClass());
        for (RecordComponent component : COMPONENTS.get(read.getClass())) {
            Object member = value(read, component);
            if (member == null && !nullable.getOrDefault(component.getName(), false)) {
                throw new UnreadableJson("Not readable as " + read.getClass().getSimpleName() + ": the member "
                        + component.getName() + " is missing");
            }
            check(member);
        }
    }

    private static @Nullable Object value(Record read, RecordComponent component) throws UnreadableJson {
        try {
            return component.getAccessor().invoke(read);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw UnreadableJson.because(read.getClass(), e);
        }
    }
}

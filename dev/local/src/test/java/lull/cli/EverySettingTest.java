package lull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.util.Set;
import java.util.stream.Collectors;
import lull.runtime.settings.Setting;
import org.junit.jupiter.api.Test;

/// Every constant that is a setting is in the list of an installation's settings, so that none can be forgotten.
final class EverySettingTest {

    @Test
    void everyConstantIsListed() {
        Set<String> listed = Configuration.known(Configuration.SettingScopes.NONE).stream()
                .map(Setting::name)
                .collect(Collectors.toSet());

        Set<String> constants = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("lull").stream()
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC)
                                && field.getRawType().isEquivalentTo(Setting.class))
                        .map(EverySettingTest::name)
                        .collect(Collectors.toSet());

        assertThat(constants).hasSizeGreaterThan(100);
        assertThat(listed).containsAll(constants);
    }

    private static String name(JavaField constant) {
        try {
            Field field = constant.reflect();
            field.setAccessible(true);
            return ((Setting<?>) field.get(null)).name();
        } catch (IllegalAccessException e) {
            throw new AssertionError(constant.getFullName(), e);
        }
    }
}

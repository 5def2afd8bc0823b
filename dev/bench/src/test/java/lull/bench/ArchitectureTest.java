package lull.bench;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.State;

/// The house rules over benchmarks, which the modules they measure do not see.
final class ArchitectureTest {

    private static final JavaClasses BENCH = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("lull.bench");

    @Test
    void classesAreFinal() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .areNotAnonymousClasses()
                .and()
                .resideOutsideOfPackage("..jmh_generated..")
                // JMH extends them.
                .and()
                .areNotAnnotatedWith(State.class)
                .should()
                .haveModifier(FINAL)
                .check(BENCH);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("lull.(**)").should().beFreeOfCycles().check(BENCH);
    }

    @Test
    void onlyCommandsAndWhatPeersNeedArePublic() {
        assertThat(BENCH.stream()
                        .filter(type ->
                                type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> !type.getPackageName().endsWith(".jmh_generated")
                                && !type.getPackageName().endsWith(".peer"))
                        .map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder("BenchCommand", "GapBenchCommand", "GapCost");
    }

    @Test
    void javalinIsKnownToTheBaselinesAlone() {
        noClasses()
                .that()
                .doNotHaveSimpleName("BaselineServer")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..")
                .check(BENCH);
    }

    @Test
    void theGeneratorKnowsNothingOfWhatItMeasures() {
        noClasses()
                .that()
                .haveSimpleName("LoadGenerator")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("lull.local..", "lull.runtime..", "org.apache.kafka..")
                .check(BENCH);
    }
}

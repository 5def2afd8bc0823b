package lull.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lull.runtime.aws.AwsAction;
import org.junit.jupiter.api.Test;

/// Holds the catalogue of the actions of AWS to the calls of the SDK: no call without its action, so that no role lacks
/// it, and no action without a call, so that no role may do more.
final class AwsActionsTest {

    private static final String SERVICES = "software.amazon.awssdk.services.";

    /// The prefix of the actions of a service whose package has another name, and services without actions.
    private static final Map<String, String> PREFIXES = Map.of(
            "socialmessaging", "social-messaging",
            "transcribestreaming", "transcribe");

    /// Calls whose action has another name.
    private static final Map<String, String> ACTIONS = Map.of(
            "sqs:DeleteMessageBatch", "sqs:DeleteMessage",
            "lambda:Invoke", "lambda:InvokeFunction",
            "s3:ListObjectsV2", "s3:ListBucket",
            "s3:HeadBucket", "s3:ListBucket");

    private static final Set<String> WITHOUT_ACTIONS = Set.of("connectparticipant");

    private static final Set<String> NO_CALLS = Set.of("builder", "create", "close", "serviceName", "utilities");

    @Test
    void everyCallOfTheSdkIsInTheCatalogueAndNothingElse() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(
                        "lull.runtime",
                        "lull.connect",
                        "lull.whatsapp",
                        "lull.voice",
                        "lull.media",
                        "lull.ingress",
                        "lull.aggregator",
                        "lull.bridge",
                        "lull.applications");
        Set<String> called = classes.stream()
                .flatMap(from -> from.getMethodCallsFromSelf().stream())
                .filter(call -> isClient(call.getTargetOwner()) && !NO_CALLS.contains(call.getName()))
                .map(call -> action(call.getTargetOwner(), call.getName()))
                .filter(action -> !action.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        // A link has the rights of whoever signed it.
        called.add("s3:GetObject");
        // The SDK's provider of credentials calls it.
        called.add("sts:AssumeRole");

        assertThat(called)
                .isEqualTo(Arrays.stream(AwsAction.values())
                        .map(AwsAction::word)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static boolean isClient(JavaClass owner) {
        return owner.getName().startsWith(SERVICES) && owner.getSimpleName().endsWith("Client");
    }

    private static String action(JavaClass owner, String method) {
        String service = owner.getPackageName().substring(SERVICES.length());
        if (WITHOUT_ACTIONS.contains(service)) {
            return "";
        }
        String action = PREFIXES.getOrDefault(service, service) + ":" + Character.toUpperCase(method.charAt(0))
                + method.substring(1);
        return ACTIONS.getOrDefault(action, action);
    }
}

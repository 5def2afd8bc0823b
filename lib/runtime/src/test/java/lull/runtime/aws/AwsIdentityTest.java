package lull.runtime.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AwsIdentityTest {

    @Test
    void isReadAsSettingsHaveIt() {
        assertThat(AwsIdentity.of("Default")).isEqualTo(new AwsIdentity.Usual());
        assertThat(AwsIdentity.of("placeholder")).isEqualTo(new AwsIdentity.Placeholder());
        assertThat(AwsIdentity.of("profile:other-account")).isEqualTo(new AwsIdentity.Profile("other-account"));
        assertThat(AwsIdentity.of("role:arn:aws-cn:iam::123456789012:role/teams/lull"))
                .isEqualTo(new AwsIdentity.Role("arn:aws-cn:iam::123456789012:role/teams/lull", Optional.empty()));
    }

    @Test
    void onlyProfilesAndRolesHaveRightsOfTheirOwn() {
        assertThat(new AwsIdentity.Usual().isOther()).isFalse();
        assertThat(new AwsIdentity.Placeholder().isOther()).isFalse();
        assertThat(new AwsIdentity.Profile("a").isOther()).isTrue();
        assertThat(AwsIdentity.of("role:arn:aws:iam::123456789012:role/lull").isOther())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "profile:",
                "profile:two words",
                "role:",
                "role:lull",
                "role:arn:aws:iam::123456789012:user/lull",
                "arn:aws:iam::123456789012:role/lull",
                "key:AKIA"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> AwsIdentity.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must be default, placeholder, profile:NAME or role:ARN");
    }
}

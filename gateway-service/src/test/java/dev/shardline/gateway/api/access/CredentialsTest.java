package dev.shardline.gateway.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    private static final String SECRET = "0123456789-0123456789-abcdef";

    @Test
    void aTokenIsKnownByItsHashAlone() {
        // printf %s 0123456789-0123456789-abcdef | sha256sum
        Credentials credentials = Credentials.builder()
                .token("ops", "sha256:6eb5b512d62ac522f0e66d3fcc575d8625d35529bca26dc17fa1c7a057bf0ff6", Role.OPERATE)
                .build();
        assertThat(credentials.byToken(SECRET))
                .hasValueSatisfying(grant -> assertThat(grant.name()).isEqualTo("ops"));
        assertThat(credentials.byToken("sha256:6eb5b512d62ac522f0e66d3fcc575d8625d35529bca26dc17fa1c7a057bf0ff6"))
                .as("the hash is not a token")
                .isEmpty();
        assertThat(credentials.byToken("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "with blanks in it 0123456789", "sha256:abc", "zeilenumbruch\n0123456789abcdef"})
    void aTokenThatCannotBeOneIsRefusedWithoutRepeatingIt(String secret) {
        assertThatThrownBy(() -> Credentials.builder().token("ops", secret, Role.READ))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(secret);
    }

    @Test
    void twoNamesCannotHaveTheSameToken() {
        assertThatThrownBy(() ->
                        Credentials.builder().token("one", SECRET, Role.READ).token("two", SECRET, Role.OPERATE))
                .hasMessageContaining("one")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void aSubjectIsComparedAsANameNotAsText() {
        Credentials credentials = Credentials.builder()
                .certificate("ops", "cn=Ops, o=Example", Role.READ)
                .build();
        assertThat(credentials.bySubject(new X500Principal("CN=ops,O=example"))).isPresent();
        assertThat(credentials.bySubject(new X500Principal("CN=ops,O=example,C=DE")))
                .isEmpty();
        assertThat(credentials.bySubject(new X500Principal("CN=\"ops,O=example\"")))
                .isEmpty();
    }

    @Test
    void whatIsNoDistinguishedNameIsRefused() {
        assertThatThrownBy(() -> Credentials.builder().certificate("ops", "ops", Role.READ))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

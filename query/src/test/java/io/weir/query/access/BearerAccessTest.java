package io.weir.query.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.query.access.AccessDeniedException.Reason;
import io.weir.query.access.TokenRefusedException.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerAccessTest {

    private static final String ELSEWHERE = "192.0.2.1";

    private final AccessControl access =
            new BearerAccess(BearerAccessTest::check, new RequestLimits(1, 3), new RequestLimits(1, 20));

    @ParameterizedTest
    @ValueSource(strings = {"Bearer good", "bearer good", "BEARER   good"})
    void acceptsAValidToken(String header) {
        assertThat(ask(header).name()).isEqualTo("somebody");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "good",
                "Basic good",
                "Bearer",
                "Bearer ",
                "Bearergood",
                "Bearer good good",
                "Bearer good\n",
                "Bearer good, Bearer good",
                "Token good",
                "Bearer \u0000good",
                "Bearer göod"
            })
    void refusesOtherAuthorizationHeaders(String header) {
        assertDenied(header, Reason.UNAUTHORIZED, "malformed");
    }

    @Test
    void refusalsRevealNoReason() {
        AccessDeniedException missing = denied(null);
        AccessDeniedException expired = denied("Bearer expired");

        assertThat(missing.why()).isEqualTo("missing");
        assertThat(expired.why()).isEqualTo("expired");
        assertThat(missing).hasMessage(expired.getMessage());
        assertThat(missing.headers())
                .isEqualTo(expired.headers())
                .containsEntry("WWW-Authenticate", "Bearer realm=\"weir\"");
    }

    @Test
    void anAuthenticatedCallerWithoutRightsIsForbidden() {
        assertDenied("Bearer scope", Reason.FORBIDDEN, "scope");
    }

    @Test
    void limitsTheRateOfACaller() {
        for (int i = 0; i < 3; i++) {
            ask("Bearer good");
        }

        AccessDeniedException denied = denied("Bearer good");

        assertThat(denied.reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
        assertThat(denied.headers()).containsEntry("Retry-After", "1");
    }

    @Test
    void repeatedFailuresAreLimitedWithoutAffectingValidTokens() {
        for (int i = 0; i < 20; i++) {
            assertDenied("Bearer expired", Reason.UNAUTHORIZED, "expired");
        }

        assertDenied("Bearer expired", Reason.TOO_MANY_REQUESTS, "failures");
        assertThat(ask("Bearer good").name()).isEqualTo("somebody");
    }

    private void assertDenied(String header, Reason reason, String why) {
        AccessDeniedException denied = denied(header);
        assertThat(denied.reason()).isEqualTo(reason);
        assertThat(denied.why()).isEqualTo(why);
    }

    private AccessDeniedException denied(String header) {
        AccessDeniedException[] denied = new AccessDeniedException[1];
        assertThatThrownBy(() -> ask(header)).isInstanceOfSatisfying(AccessDeniedException.class, e -> denied[0] = e);
        return denied[0];
    }

    private Caller ask(String header) {
        return access.authenticate(header, ELSEWHERE);
    }

    private static Caller check(String token) throws TokenRefusedException {
        switch (token) {
            case "good":
                return new Caller("somebody", AccessScope.READ, null);
            case "scope":
                throw new TokenRefusedException(Fault.SCOPE);
            default:
                throw new TokenRefusedException(Fault.EXPIRED);
        }
    }
}

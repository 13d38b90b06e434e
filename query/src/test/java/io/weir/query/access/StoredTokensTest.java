package io.weir.query.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.query.access.TokenRefusedException.Fault;
import io.weir.storage.admin.ApiToken;
import io.weir.storage.admin.ApiToken.Revocation;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StoredTokensTest {

    private static final Instant NOW = Instant.parse("2026-03-29T01:30:00Z");

    private final List<ApiToken> table = new ArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final StoredTokens tokens = new StoredTokens(
            () -> {
                reads.incrementAndGet();
                return List.copyOf(table);
            },
            Clock.fixed(NOW, ZoneOffset.UTC),
            nanos::get);

    @Test
    void identifiesCallersByTheirTokens() throws Exception {
        String admin = give("on-call", "admin", null, null, null);
        String desk = give("desk", "read", Set.of("plant-3"), NOW.plusMillis(1), null);
        String nobody = give("nobody", "read", Set.of(), null, null);

        assertThat(tokens.check(admin)).isEqualTo(new Caller("on-call", AccessScope.ADMIN, null));
        assertThat(tokens.check(desk)).isEqualTo(new Caller("desk", AccessScope.READ, Set.of("plant-3")));
        assertThat(tokens.check(nobody).mayRead("plant-3")).isFalse();
    }

    @Test
    void refusesUnknownTokens() {
        String good = give("grafana", "read", null, null, null);

        assertRefused(BearerToken.random(new SecureRandom()), Fault.UNKNOWN);
        assertRefused(good.substring(0, good.length() - 1), Fault.UNKNOWN);
        assertRefused(good + "A", Fault.UNKNOWN);
        assertRefused("", Fault.UNKNOWN);
    }

    @Test
    void refusesTheHashOfAToken() {
        String good = give("grafana", "read", null, null, null);

        assertRefused(new String(BearerToken.hash(good), java.nio.charset.StandardCharsets.ISO_8859_1), Fault.UNKNOWN);
    }

    @Test
    void refusesExpiredTokens() {
        assertRefused(give("late", "read", null, NOW, null), Fault.EXPIRED);
    }

    @Test
    void aRevokedTokenIsRefusedWithinSeconds() throws Exception {
        String token = give("grafana", "read", null, null, null);
        tokens.check(token);

        ApiToken kept = table.remove(0);
        table.add(new ApiToken(
                kept.name(),
                kept.hash(),
                kept.scope(),
                kept.groups(),
                kept.createdAt(),
                kept.createdBy(),
                kept.expiresAt(),
                new Revocation(NOW, "somebody")));
        nanos.addAndGet(StoredTokens.KEPT.toNanos());

        assertRefused(token, Fault.REVOKED);
    }

    @Test
    void unknownTokensShareOneReadOfTheTable() {
        for (int i = 0; i < 1000; i++) {
            assertRefused("weir_" + i, Fault.UNKNOWN);
        }

        assertThat(reads).hasValue(1);
    }

    private void assertRefused(String token, Fault fault) {
        assertThatThrownBy(() -> tokens.check(token))
                .isInstanceOfSatisfying(TokenRefusedException.class, refused -> assertThat(refused.fault())
                        .isEqualTo(fault));
    }

    private String give(String name, String scope, Set<String> groups, Instant expiresAt, Revocation revocation) {
        String token = BearerToken.random(new SecureRandom());
        table.add(new ApiToken(
                name, BearerToken.hash(token), scope, groups, NOW.minusSeconds(60), "somebody", expiresAt, revocation));
        return token;
    }
}

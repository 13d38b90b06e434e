package io.weir.query.access;

import org.jspecify.annotations.Nullable;

/** The kinds of access control that there are. */
public final class Access {

    private Access() {}

    /** Lets anyone do anything: for a server that only this machine can reach. */
    public static AccessControl open() {
        Caller anyone = new Caller("anyone", AccessScope.ADMIN, null);
        return new AccessControl() {
            @Override
            public Caller authenticate(@Nullable String authorization, String remoteAddress, String requestId) {
                return anyone;
            }

            @Override
            public boolean isRequired() {
                return false;
            }
        };
    }
}

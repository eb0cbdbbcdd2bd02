package io.millrace.ingest.gateway.access;

import io.millrace.schemas.TenantId;
import java.util.Set;

/** Who sends a request. */
public sealed interface Caller {

    /** Anybody, where callers are not told apart. */
    record Anonymous() implements Caller {}

    /**
     * A member of a tenant.
     *
     * @param endpoints that it may post to, such as {@code feedback}; all when empty
     */
    record Member(TenantId tenant, Set<String> endpoints) implements Caller {

        public Member {
            endpoints = Set.copyOf(endpoints);
        }

        /**
         * The principal as it is known outside of the tenant, {@code tenant/name}: two tenants may
         * each have an ann, and neither may speak, be counted or be forgotten as the other's.
         */
        public String qualified(String principal) {
            String prefix = tenant.value() + "/";
            return principal.startsWith(prefix) ? principal : prefix + principal;
        }
    }

    /** Whether it may post to an endpoint, such as {@code feedback}. */
    default boolean may(String endpoint) {
        return switch (this) {
            case Anonymous _ -> true;
            case Member(_, Set<String> endpoints) ->
                    endpoints.isEmpty() || endpoints.contains(endpoint);
        };
    }
}

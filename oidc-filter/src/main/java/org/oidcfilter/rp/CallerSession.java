// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.time.Duration;
import java.util.Optional;
import org.oidcfilter.Caller;
import org.oidcfilter.LoginRequirement;
import org.oidcfilter.OidcSession;
import org.oidcfilter.ProviderUnavailableException;
import org.oidcfilter.protocol.ProviderMetadata;

/** A caller with what the session holds, for edges that show it to the application in another vocabulary. */
public interface CallerSession extends Caller {
    /**
     * The same caller by the session as it is now, its tokens renewed if it is time to.
     *
     * @return empty if it has ended, or if nobody can tell
     */
    Optional<CallerSession> now();

    /** The tokens that the session holds. */
    OidcSession.Tokens tokens();

    /** The address of the page that the login was for, with its query, where the login led to another one. */
    Optional<String> cameFor();

    /** Whether the login behind the session is, at this moment, as strong and fresh as that, and as the settings for this request. */
    boolean meets(LoginRequirement login);

    /** How long before their end tokens are renewed. */
    Duration refreshAhead();

    /**
     * The provider's metadata, fetched if need be.
     *
     * @throws ProviderUnavailableException if they cannot be had
     */
    ProviderMetadata providerMetadata();
}

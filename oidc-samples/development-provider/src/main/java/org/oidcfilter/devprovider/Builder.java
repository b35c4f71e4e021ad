// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.time.Clock;
import java.time.Duration;

/** Prepares a {@link DevelopmentProvider}. */
public final class Builder {
    private final Registry registry = new Registry();
    private String host = "localhost";
    private int port;
    private Clock clock = Clock.systemUTC();
    private Duration tokenLifetime = Duration.ofMinutes(5);
    private boolean alwaysRefreshTokens;
    private boolean rotateRefreshTokens = true;

    Builder() {}

    /** The host name in the issuer; it must be on the loopback interface. Default: {@code localhost}. */
    public Builder host(String loopbackHost) {
        this.host = loopbackHost;
        return this;
    }

    /** The TCP port. Default: 0, which takes a free one. */
    public Builder port(int tcpPort) {
        this.port = tcpPort;
        return this;
    }

    /** Tells the time, for tokens and everything that expires. Default: the system's clock. */
    public Builder clock(Clock time) {
        this.clock = time;
        return this;
    }

    /** Adds a client. */
    public Builder client(Client client) {
        registry.add(client);
        return this;
    }

    /** Adds somebody who can log in. The login page shows users in the order in which they are added. */
    public Builder user(User user) {
        registry.add(user);
        return this;
    }

    /** How long access tokens and ID tokens are valid. Default: five minutes. */
    public Builder tokenLifetime(Duration lifetime) {
        this.tokenLifetime = lifetime;
        return this;
    }

    /** Issues refresh tokens to everybody, not only to those who ask for {@code offline_access}. */
    public Builder alwaysIssueRefreshTokens() {
        this.alwaysRefreshTokens = true;
        return this;
    }

    /** Does not rotate refresh tokens: one works as often as it is used, and the answer brings no other one. */
    public Builder keepRefreshTokens() {
        this.rotateRefreshTokens = false;
        return this;
    }

    /**
     * Starts the provider.
     *
     * @throws IllegalArgumentException if the host is not on the loopback interface
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public DevelopmentProvider start() {
        var recorder = new Recorder();
        var server = new Server(host, port, recorder);
        var refreshTokens = new Terms.RefreshTokens(alwaysRefreshTokens, rotateRefreshTokens);
        var terms = new Terms(server.origin(), clock, tokenLifetime, refreshTokens);
        return new DevelopmentProvider(server, recorder, terms, registry);
    }
}

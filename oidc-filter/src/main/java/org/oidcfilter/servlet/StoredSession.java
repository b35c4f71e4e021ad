// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.OidcSession;

/**
 * The attribute of the container's session that holds ours. The container tells it where it is bound, and that keeps the
 * node's index of sessions.
 */
public final class StoredSession implements HttpSessionBindingListener, HttpSessionActivationListener, Externalizable {
    private static final long serialVersionUID = 1L;

    private transient @Nullable OidcSession session;
    private transient volatile @Nullable SessionIndex index;
    private transient String attribute = "";

    /** For deserialization only. */
    public StoredSession() {}

    StoredSession(OidcSession session, SessionIndex index) {
        this.session = session;
        this.index = index;
    }

    /** What stands where a session has ended: nobody's, but not as if nobody had been here. */
    static StoredSession ended() {
        return new StoredSession();
    }

    /** The session; empty if it has ended, or was stored by another version of this software. */
    Optional<OidcSession> content() {
        return Optional.ofNullable(session);
    }

    OidcSession session() {
        return content().orElseThrow();
    }

    /** A session that came from a store or another node is not in this node's index until it is used here. */
    void seenIn(HttpSession http, HttpSessionHandle.Place place) {
        if (index == null && session != null) {
            index = place.index();
            attribute = place.attribute();
            place.index().add(this, http, place.attribute());
        }
    }

    @Override
    public void valueBound(HttpSessionBindingEvent event) {
        attribute = event.getName();
        join(event.getSession());
    }

    @Override
    public void valueUnbound(HttpSessionBindingEvent event) {
        leave();
    }

    /** Another node may be the one that goes on with it. */
    @Override
    public void sessionWillPassivate(HttpSessionEvent event) {
        leave();
    }

    /** Jetty passivates and activates the same object with each request, if its store keeps sessions outside memory. */
    @Override
    public void sessionDidActivate(HttpSessionEvent event) {
        join(event.getSession());
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        out.writeObject(session);
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
        session = (OidcSession) in.readObject();
    }

    /** Nothing of the caller: sessions end up in logs. */
    @Override
    public String toString() {
        return "StoredSession";
    }

    private void join(HttpSession http) {
        var known = index;
        if (known != null) {
            known.add(this, http, attribute);
        }
    }

    private void leave() {
        var known = index;
        if (known != null) {
            known.remove(this);
        }
    }
}

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
import java.lang.ref.WeakReference;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.LogoutMark;
import org.oidcfilter.OidcSession;

/**
 * The attribute of the container's session that holds ours: as bytes, which take less room than the objects that
 * they stand for, and are what a container writes to its store. The container tells it where it is bound, and that keeps the
 * node's index of sessions.
 */
public final class StoredSession implements HttpSessionBindingListener, HttpSessionActivationListener, Externalizable {
    private static final long serialVersionUID = 1L;

    /** More than any provider's tokens. */
    private static final int LARGEST = 1024 * 1024;

    private static final WeakReference<@Nullable OidcSession> NOBODYS = new WeakReference<>(null);

    /** None if the session has ended. */
    private transient byte[] bytes = {};

    /** What the bytes stand for, while anybody uses it. */
    private transient volatile WeakReference<@Nullable OidcSession> session = NOBODYS;

    private transient volatile @Nullable SessionIndex index;
    /** Where it is, since it came there. Written before the index has it, and read by who finds it there. */
    private transient @Nullable HttpSession http;

    private transient String id = "";
    private transient String attribute = "";

    /** For deserialization only. */
    public StoredSession() {}

    StoredSession(OidcSession session, SessionIndex index) {
        this.bytes = session.toBytes();
        this.session = new WeakReference<>(session);
        this.index = index;
    }

    /** What stands where a session has ended: nobody's, but not as if nobody had been here. */
    static StoredSession ended() {
        return new StoredSession();
    }

    /** The session; empty if it has ended, or was stored by another version of this software. */
    Optional<OidcSession> content() {
        var known = session.get();
        return known == null && bytes.length > 0 ? read() : Optional.ofNullable(known);
    }

    private Optional<OidcSession> read() {
        var read = OidcSession.fromBytes(bytes);
        session = new WeakReference<>(read.orElse(null));
        return read;
    }

    /** A session that came from a store or another node is not in this node's index until it is used here. */
    void seenIn(HttpSession http, HttpSessionHandle.Place place) {
        if (index == null && content().isPresent()) {
            attribute = place.attribute();
            index = place.index();
            join(http);
        }
    }

    /** Ends the session that it is in, if that one has what {@code mark} means. */
    boolean end(LogoutMark mark) {
        var place = http;
        return place != null
                && content().filter(mark::ends).isPresent()
                && ContainerSession.end(place, attribute, mark::ends);
    }

    /** Whether it is, or was, in the same session of the container. */
    boolean isWhere(StoredSession other) {
        return id.equals(other.id);
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

    /** Primitive data only, for ever: other versions cannot pass over objects of classes that they do not have. */
    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** What cannot be read is no session: another version may have written it. */
    @Override
    public void readExternal(ObjectInput in) {
        try {
            var length = in.readInt();
            if (length > 0 && length <= LARGEST) {
                var read = new byte[length];
                in.readFully(read);
                bytes = read;
            }
        } catch (IOException e) {
            // it stays without bytes
        }
    }

    /** Nothing of the caller: sessions end up in logs. */
    @Override
    public String toString() {
        return "StoredSession";
    }

    private void join(HttpSession container) {
        var known = index;
        if (known != null) {
            http = container;
            id = container.getId();
            known.add(this);
        }
    }

    private void leave() {
        var known = index;
        if (known != null) {
            known.remove(this);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Caller;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Secret;

/** Group SE of docs/attacks.md: what could be in a session of the container besides what we put there. */
class StoredSessionAttacksTest {
    private static final String OURS = HttpSessionHandle.PREFIX + "ours";
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final Container container = new Container();
    private final SessionIndex index = new SessionIndex();

    private HttpSessionHandle handle() {
        return new HttpSessionHandle(container.request(), new HttpSessionHandle.Place(OURS, index));
    }

    @Test
    @Tag("SE-03")
    void nothingButOurOwnRecordInItsOwnPlaceAuthenticates() {
        Principal principal = () -> "alice";
        for (var forged : List.of("alice", principal, session("alice"), Map.of("sub", "alice"), new Object())) {
            container.create("of the attacker");
            container.attributes.put(OURS, forged);
            assertEquals(Optional.empty(), handle().load(), forged::toString);
            assertEquals(Optional.empty(), handle().update(Optional::of), forged::toString);
        }
        for (var name : List.of(
                "ours",
                HttpSessionHandle.PREFIX,
                HttpSessionHandle.PREFIX + "theirs",
                Caller.ATTRIBUTE,
                "org.oidcfilter.return_to",
                "SPRING_SECURITY_CONTEXT",
                "jakarta.security.auth.subject")) {
            container.create("of the attacker");
            container.attributes.put(name, new StoredSession(session("alice"), index));
            assertEquals(Optional.empty(), handle().load(), name);
        }
        container.attributes.put(OURS, "alice");
        handle().begin(session("bob"));
        assertNotEquals("of the attacker", container.id);
        assertEquals("bob", handle().load().orElseThrow().identity().subject());
    }

    @Test
    @Tag("SE-20")
    void aRecordOfANewerVersionIsNoSession() throws Exception {
        var objects = text(new NewerStored(new Unknown(), "and more"));
        for (var stored : List.of(
                objects,
                objects.replace("$Unknown", "$Missing"),
                text(new NewerStored()),
                text(new NewerStored(1000, 5, new Unknown())),
                text(new NewerStored(-1, 5)),
                text(new NewerStored(Integer.MAX_VALUE, 5)),
                text(new NewerStored(4, 0x63000000)))) {
            container.create("stored by the next version");
            container.attributes.put(OURS, read(stored.getBytes(StandardCharsets.ISO_8859_1)));
            assertEquals(Optional.empty(), handle().load());
            assertEquals(Optional.empty(), handle().update(Optional::of));
            assertEquals(0, index.size());
            var writtenBack = read(bytes(container.attributes.getOrDefault(OURS, "")));
            assertEquals(Optional.empty(), ((StoredSession) writtenBack).content());
            handle().begin(session("bob"));
            assertEquals("bob", handle().load().orElseThrow().identity().subject());
            handle().end();
            assertEquals(0, index.size());
        }
        assertTrue(objects.contains(StoredSession.class.getName()) && objects.contains("$Unknown"));
    }

    private static OidcSession session(String subject) {
        return new OidcSession(
                new OidcSession.Identity("https://id.example", subject, Optional.empty(), subject, Set.of()),
                new OidcSession.Tokens(
                        Secret.of("token of " + subject),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new OidcSession.Validity(NOW, Optional.empty(), Optional.empty(), false)),
                new OidcSession.Authentication(Optional.empty(), Optional.empty()),
                new OidcSession.Times(NOW, NOW, NOW.plusSeconds(3600)));
    }

    /** Something that a newer version remembers, of a class that it brings. */
    private static final class Unknown implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /** How a newer version could write what we call {@link StoredSession}. */
    public static final class NewerStored implements Externalizable {
        private static final long serialVersionUID = 1L;

        private final transient List<? extends Serializable> parts;

        /** As each such class must have. */
        public NewerStored() {
            this(new Serializable[0]);
        }

        NewerStored(Serializable... parts) {
            this.parts = List.of(parts);
        }

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            for (var part : parts) {
                if (part instanceof Integer number) {
                    out.writeInt(number);
                } else {
                    out.writeObject(part);
                }
            }
        }

        @Override
        public void readExternal(ObjectInput in) {
            throw new IllegalStateException("never read");
        }
    }

    private static byte[] bytes(Object object) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var objects = new Pretender(out)) {
            objects.writeObject(object);
        }
        return out.toByteArray();
    }

    private static String text(Object object) throws IOException {
        return new String(bytes(object), StandardCharsets.ISO_8859_1);
    }

    /** Writes the newer class under the name of ours. */
    private static final class Pretender extends ObjectOutputStream {
        Pretender(ByteArrayOutputStream out) throws IOException {
            super(out);
        }

        @Override
        protected void writeClassDescriptor(ObjectStreamClass description) throws IOException {
            var type = description.forClass();
            super.writeClassDescriptor(
                    ObjectStreamClass.lookup(type == NewerStored.class ? StoredSession.class : type));
        }
    }

    private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (var objects = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return objects.readObject();
        }
    }
}

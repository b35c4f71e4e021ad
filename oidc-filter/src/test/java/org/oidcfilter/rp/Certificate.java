// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;

/** X.509 for those who sign themselves (RFC 5280 section 4.1): version 1, CN=attacker, RSA, good until 2049. */
final class Certificate {
    private static final byte[] SHA256_WITH_RSA = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x0b, 0x05, 0x00
    };
    private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};
    private static final int SEQUENCE = 0x30;

    private Certificate() {}

    /** The certificate in DER. */
    static byte[] selfSigned(KeyPair pair) throws GeneralSecurityException {
        var name = der(SEQUENCE, der(0x31, der(SEQUENCE, COMMON_NAME, text(0x0c, "attacker"))));
        var validity = der(SEQUENCE, text(0x17, "200101000000Z"), text(0x17, "491231235959Z"));
        var serial = new byte[] {0x02, 0x01, 0x01};
        var content = der(
                SEQUENCE,
                serial,
                SHA256_WITH_RSA,
                name,
                validity,
                name,
                pair.getPublic().getEncoded());
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(content);
        return der(SEQUENCE, content, SHA256_WITH_RSA, der(0x03, new byte[1], signature.sign()));
    }

    private static byte[] text(int tag, String text) {
        return der(tag, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        var whole = new ByteArrayOutputStream();
        whole.write(tag);
        if (content.size() > 255) {
            whole.write(0x82);
            whole.write(content.size() >> 8);
        } else if (content.size() > 127) {
            whole.write(0x81);
        }
        whole.write(content.size());
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}

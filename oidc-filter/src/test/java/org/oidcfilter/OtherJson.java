// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/** JSON as somebody else reads it, to compare our reader with; members and elements that are null left out. */
public final class OtherJson {
    private OtherJson() {}

    /** The object that {@code json} is; it is a defect if nobody but us can read it. */
    public static Map<String, Object> read(String json) {
        try {
            return members(JsonUtil.parseJson(json));
        } catch (JoseException e) {
            throw new AssertionError("accepted by us alone", e);
        }
    }

    private static Map<String, Object> members(Map<?, ?> object) {
        var members = new LinkedHashMap<String, Object>();
        object.forEach((name, value) -> {
            if (value != null) {
                members.put(String.valueOf(name), plain(value));
            }
        });
        return members;
    }

    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> object) {
            return members(object);
        }
        return value instanceof List<?> list ? elements(list) : value;
    }

    private static List<Object> elements(List<?> list) {
        var elements = new ArrayList<Object>();
        for (var element : list) {
            if (element != null) {
                elements.add(plain(element));
            }
        }
        return elements;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

/**
 * What the configuration reference says about a setting.
 *
 * @param description what it is for, in Markdown
 * @param example a value that works
 */
record SettingDoc(String description, String example) {
    static SettingDoc doc(String description, String example) {
        return new SettingDoc(description, example);
    }
}

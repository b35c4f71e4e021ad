// SPDX-License-Identifier: Apache-2.0
/**
 * The guides {@code docs/guides/tomcat.md}, {@code jetty.md} and {@code wildfly.md}, followed word by word on the
 * stand-alone distributions, with a real Keycloak.
 *
 * <p>A {@code Guide} yields the code blocks of a guide. An {@code Installation} is a server unpacked a minute ago: it runs
 * those that are shell commands, feeds WildFly's to its command line, and writes all others where the sentence before the
 * block says. What is put in the place of the guide's words is listed in {@code Substitutions}. A block that no test
 * follows fails {@code nothingInTheGuideIsUntried}.
 *
 * <p>There is one class per server: {@code Tomcat10IT}, {@code Tomcat11IT}, {@code JettyEe10IT}, {@code JettyEe11IT} and
 * {@code WildFlyIT}. In each, {@code filterModeAtKeycloak} and {@code containerModeAtKeycloak} are the same {@code Visit}
 * to a shop behind the filter ({@code /shop}) and to one that the server guards ({@code /till}): public page, login on
 * Keycloak's own page and back, name, roles, logout at both ends, back-channel logout. Each server is started once or
 * twice for all of its tests.
 */
@NullMarked
package org.oidcfilter.it.standalone;

import org.jspecify.annotations.NullMarked;

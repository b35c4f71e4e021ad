// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.guarded;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** All resources of the application. */
@ApplicationPath("/public/api")
public class Api extends Application {}
